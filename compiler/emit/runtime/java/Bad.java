package programme.runtime;

/** An entry that is there and that the rules cannot use. */
enum Bad implements Value {
  BAD
}
