package io.tandem.routing.target;

import io.tandem.routing.model.Device;
import io.tandem.routing.model.ForkOption;
import io.tandem.routing.model.RingStrategy;
import io.tandem.routing.model.ServiceStatus;

/** A device as a call sees it. Immutable. */
public record DevicePlan(Device device) {
    /** Whether it may register and ring at all. */
    boolean active() {
        return device.status() == ServiceStatus.ACTIVE;
    }

    /** Whether it rings when its user is called: all that did not opt out, or only those that opted in (X18). */
    boolean ringsFor(final RingStrategy strategy) {
        return strategy == RingStrategy.SPECIFIC
                ? device.ringOnFork() == ForkOption.YES
                : device.ringOnFork() != ForkOption.NO;
    }

    long idHigh() {
        return device.id().high();
    }

    long idLow() {
        return device.id().low();
    }

    boolean belongsTo(final TargetCall call) {
        return call.owns(device.accountId());
    }
}
