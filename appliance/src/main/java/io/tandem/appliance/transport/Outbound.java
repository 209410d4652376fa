package io.tandem.appliance.transport;

import io.tandem.routing.effect.MessageOutput;

/** Where messages leave; called by the core's driver. Nothing is answered: what fails comes back as an input. */
public interface Outbound extends MessageOutput {
    /** Closes a connection after what was sent before. */
    void closeFlow(byte transport, int listener, long flow);

    /** Hands over what was collected; once per turn. */
    void flush();
}
