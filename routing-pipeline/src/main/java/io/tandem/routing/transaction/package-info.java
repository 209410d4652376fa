/** The four transaction machines of RFC 3261 section 17 with RFC 6026, and the tables in which requests find them. */
package io.tandem.routing.transaction;
