package io.tandem.routing.target;

import io.tandem.routing.model.Extension;
import io.tandem.routing.model.ServiceStatus;

/** An extension with its target. Immutable. */
public record ExtensionPlan(Extension extension, TargetRef target, HoursPlan hours) {
    /** Compiles one. */
    public static ExtensionPlan of(final Extension extension) {
        return new ExtensionPlan(extension, TargetRef.of(extension.target()), HoursPlan.of(extension.hours()));
    }

    boolean active() {
        return extension.status() == ServiceStatus.ACTIVE;
    }
}
