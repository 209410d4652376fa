/** The deterministic core and the ring that feeds it. */
package io.tandem.routing;
