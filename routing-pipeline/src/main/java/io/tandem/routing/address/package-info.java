/** IP addresses as two longs, and their text in SIP. */
package io.tandem.routing.address;
