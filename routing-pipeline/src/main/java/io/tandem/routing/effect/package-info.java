/** What the core wants done, as data: bytes to send, records to write, connections to close. */
package io.tandem.routing.effect;
