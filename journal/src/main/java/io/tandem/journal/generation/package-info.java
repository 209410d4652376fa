/** Immutable configuration generations, mapped from disk. */
package io.tandem.journal.generation;
