package io.tandem.routing.configuration;

import io.tandem.routing.admission.CallLimits;
import io.tandem.routing.model.AclRule;
import io.tandem.routing.model.CallLimit;
import io.tandem.routing.model.CallerIdRule;
import io.tandem.routing.model.GeoPolicy;
import io.tandem.routing.model.PhoneList;
import io.tandem.routing.model.RecordingRule;
import io.tandem.routing.model.Resource;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.model.ResourceReader;
import io.tandem.routing.policy.AccessRules;
import io.tandem.routing.policy.CallerIdRules;
import io.tandem.routing.policy.GeoPolicies;
import io.tandem.routing.policy.PhoneLists;
import io.tandem.routing.policy.RecordingRules;
import java.util.ArrayList;
import java.util.List;

/**
 * All policies of one revision, compiled. Takes time in proportion to their number and their entries; may be made on any thread.
 * Immutable.
 */
public record PolicyPlans(
        AccessRules access,
        GeoPolicies geo,
        PhoneLists phoneLists,
        CallerIdRules callerIds,
        RecordingRules recording,
        CallLimits callLimits) {

    /** Compiles all. */
    public static PolicyPlans of(final Configuration configuration) {
        return new PolicyPlans(
                AccessRules.of(all(configuration, ResourceKind.ACL_RULES, AclRule.class)),
                GeoPolicies.of(all(configuration, ResourceKind.GEO_POLICIES, GeoPolicy.class)),
                PhoneLists.of(all(configuration, ResourceKind.PHONE_LISTS, PhoneList.class)),
                CallerIdRules.of(all(configuration, ResourceKind.CALLER_ID_RULES, CallerIdRule.class)),
                RecordingRules.of(all(configuration, ResourceKind.RECORDING_RULES, RecordingRule.class)),
                CallLimits.of(all(configuration, ResourceKind.CALL_LIMITS, CallLimit.class)));
    }

    /** Those of the next revision: only kinds that were edited are compiled anew. */
    public PolicyPlans next(final Configuration next, final List<ResourceEdit> edits) {
        return new PolicyPlans(
                edited(edits, ResourceKind.ACL_RULES)
                        ? AccessRules.of(all(next, ResourceKind.ACL_RULES, AclRule.class))
                        : access,
                edited(edits, ResourceKind.GEO_POLICIES)
                        ? GeoPolicies.of(all(next, ResourceKind.GEO_POLICIES, GeoPolicy.class))
                        : geo,
                edited(edits, ResourceKind.PHONE_LISTS)
                        ? PhoneLists.of(all(next, ResourceKind.PHONE_LISTS, PhoneList.class))
                        : phoneLists,
                edited(edits, ResourceKind.CALLER_ID_RULES)
                        ? CallerIdRules.of(all(next, ResourceKind.CALLER_ID_RULES, CallerIdRule.class))
                        : callerIds,
                edited(edits, ResourceKind.RECORDING_RULES)
                        ? RecordingRules.of(all(next, ResourceKind.RECORDING_RULES, RecordingRule.class))
                        : recording,
                edited(edits, ResourceKind.CALL_LIMITS)
                        ? CallLimits.of(all(next, ResourceKind.CALL_LIMITS, CallLimit.class))
                        : callLimits);
    }

    private static boolean edited(final List<ResourceEdit> edits, final ResourceKind kind) {
        for (final ResourceEdit edit : edits) {
            if (edit.kind() == kind) {
                return true;
            }
        }
        return false;
    }

    /** Every resource of a kind; one that cannot be read is left out, since it was refused when it was saved. */
    private static <R extends Resource> List<R> all(
            final Configuration configuration, final ResourceKind kind, final Class<R> type) {
        final List<R> all = new ArrayList<>();
        configuration.forEach(kind, (idHigh, idLow, json) -> {
            final ResourceReader.Read read = ResourceReader.read(kind, json);
            if (read != null) {
                all.add(type.cast(read.resource()));
            }
        });
        return all;
    }
}
