/** Bounded off-heap memory for what calls and transactions have to remember byte for byte. */
package io.tandem.routing.store;
