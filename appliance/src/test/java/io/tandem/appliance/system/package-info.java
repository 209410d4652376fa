/** The appliance as its peers meet it: over real sockets, through {@link io.tandem.appliance.system.SipPeer}. */
package io.tandem.appliance.system;
