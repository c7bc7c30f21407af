package programme.runtime;

/** A truth that is known. */
enum Known implements Truth {
  TRUE,
  FALSE
}
