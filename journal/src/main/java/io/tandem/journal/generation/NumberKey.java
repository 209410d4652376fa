package io.tandem.journal.generation;

/** Key of a number; part of the row that is asked for, so that a look-up allocates nothing. */
final class NumberKey {
    static final int LENGTH = 8;

    long e164;
}
