/** The deterministic core: one entry for every input, one clock handed in, one sink for what it wants done. */
package io.tandem.routing.core;
