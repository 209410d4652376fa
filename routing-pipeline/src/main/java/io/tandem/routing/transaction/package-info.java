/** The transaction layer of RFC 3261 section 17 and RFC 6026: four machines, and tables where messages find them. */
package io.tandem.routing.transaction;
