package io.tandem.routing.configuration;

import io.tandem.routing.model.Fields;
import io.tandem.routing.model.NumberTransform;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.Resources;
import io.tandem.routing.transform.TransformPlan;

/** What has to hold of a resource beyond its fields: beside the others, and where it is compiled. */
public final class ResourceChecks {
    private ResourceChecks() {}

    /** Reports what is wrong with a resource that was read without problems. */
    public static void run(final Resource resource, final Fields fields, final Resources others) {
        resource.check(fields, others);
        if (resource instanceof NumberTransform transform) {
            check(transform, fields, others);
        }
    }

    private static void check(final NumberTransform transform, final Fields fields, final Resources others) {
        if (transform.scope() == null
                || transform.direction() == null
                || transform.matchRegex().isEmpty()) {
            return;
        }
        final String wrong = TransformPlan.problem(transform);
        if (wrong != null) {
            final int colon = wrong.indexOf(':');
            fields.refuse(wrong.substring(0, colon), wrong.substring(colon + 1), "see docs/configuration-model.md");
        }
        int before = 0;
        for (final Resource other : others.referring(
                ResourceKind.NUMBER_TRANSFORMS, transform.scope().kind(), transform.scopeId())) {
            if (other.id().equals(transform.id())) {
                return;
            }
            if (other instanceof NumberTransform sibling
                    && sibling.scope() == transform.scope()
                    && sibling.scopeId().equals(transform.scopeId())
                    && sibling.direction() == transform.direction()
                    && ++before == TransformPlan.RULES_MAX) {
                fields.refuse(
                        "scope_id",
                        "must have at most " + TransformPlan.RULES_MAX + " transforms of one direction",
                        "merge some");
                return;
            }
        }
    }
}
