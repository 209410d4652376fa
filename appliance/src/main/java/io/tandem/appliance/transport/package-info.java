/** Sockets: datagrams and connections in, bytes out, and what goes wrong with them. */
package io.tandem.appliance.transport;
