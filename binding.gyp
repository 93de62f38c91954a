{
  "variables": {
    "sanitize%": "",
    # 1 makes warnings errors, as in continuous integration; a newer compiler must not break somebody's install.
    "strict%": "0",
  },
  "targets": [
    {
      "target_name": "keyslot",
      "sources": [
        "native/addon.cc",
        "native/arguments.cc",
        "native/bytes-job.cc",
        "native/channel.cc",
        "native/der-reader.cc",
        "native/descriptor.cc",
        "native/file-lock.cc",
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
        "native/secure-memory.cc",
      ],
      "defines": [
        "NAPI_VERSION=9",
        "NAPI_DISABLE_CPP_EXCEPTIONS",
        "NODE_ADDON_API_DISABLE_DEPRECATED",
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
