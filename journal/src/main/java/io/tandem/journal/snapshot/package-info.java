/** The core's state at an input, written while calls go on. */
package io.tandem.journal.snapshot;
