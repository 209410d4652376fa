/** Which trunks take a call that leaves, in the order in which they are tried. */
package io.tandem.routing.outbound;
