{
  "variables": {
    "sanitize%": "",
    # 1 makes warnings errors, as in continuous integration; a newer compiler must not break somebody's install.
    "strict%": "0",
    # 1 leaves a copy of the vault's seed in ordinary memory, for the scan that must find it. Never ship that.
    "leak%": "0",
  },
  "targets": [
    {
      "target_name": "keyslot",
      "sources": [
        "native/addon.cc",
        "native/aes-gcm.cc",
        "native/arguments.cc",
        "native/bip32.cc",
        "native/bip39.cc",
        "native/bytes-job.cc",
        "native/channel.cc",
        "native/der-reader.cc",
        "native/descriptor.cc",
        "native/ed25519.cc",
        "native/file-lock.cc",
        "native/hmac-sha512.cc",
        "native/key-table.cc",
        "native/locked-region.cc",
        "native/mac.cc",
        "native/peer.cc",
        "native/pkcs11-login.cc",
        "native/pkey-encryption.cc",
        "native/pkey-import.cc",
        "native/pkey-signature.cc",
        "native/pkey.cc",
        "native/process.cc",
        "native/readable.cc",
        "native/rsa-consistency.cc",
        "native/secp256k1.cc",
        "native/secret-arena.cc",
        "native/secure-heap.cc",
        "native/secure-memory.cc",
        "native/secure-stack.cc",
        "native/slip10.cc",
        "native/thread-job.cc",
        "native/vault-binding.cc",
        "native/vault-keys.cc",
        "native/vault-phrases.cc",
        "native/vault.cc",
        "native/waiting-descriptor.cc",
      ],
      "defines": [
        "NAPI_VERSION=9",
        "NAPI_DISABLE_CPP_EXCEPTIONS",
        "NODE_ADDON_API_DISABLE_DEPRECATED",
        # A worker that is being terminated runs on for a moment, in which calls fail and nothing can be thrown: no reason to end the process.
        "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS",
        "_GNU_SOURCE",
      ],
      # As a system folder, so that the warnings below are about this project's files only.
      # Relative to build/, where make runs.
      "cflags_cc": ["-isystem", "../<!(node -p \"require('node-addon-api').include_dir\")", "-std=gnu++17"],
      "cflags_cc!": ["-std=gnu++20"],
      "cflags": [
        "-Wall",
        "-Wextra",
        "-Wshadow",
        "-Wformat=2",
        "-fvisibility=hidden",
        "-fstack-protector-strong",
      ],
      "cflags!": ["-Wno-unused-parameter"],
      "ldflags": ["-Wl,--exclude-libs,ALL", "-Wl,-z,relro,-z,now", "-Wl,-z,noexecstack"],
      "libraries": ["-ldl"],
      "conditions": [
        ["strict==1", {"cflags": ["-Werror"]}],
        ["leak==1", {"defines": ["KEYSLOT_LEAK_FOR_TEST"]}],
        [
          "sanitize!=''",
          {
            "cflags": ["-fsanitize=<(sanitize)", "-fno-omit-frame-pointer", "-fno-sanitize-recover=undefined", "-g"],
            "ldflags": ["-fsanitize=<(sanitize)"],
          },
        ],
      ],
      # Needs an optimising build; some compilers come with another value.
      "configurations": {"Release": {"cflags": ["-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE=2"]}},
    },
  ],
}
