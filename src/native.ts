/** The only file that loads the addon. Arguments are checked here and asserted there. */
