package io.tandem.routing.flow;

import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.util.Map;

/**
 * What a flow knows of a call that comes to it.
 *
 * @param callerCid the caller's number after all transforms, empty if there is none.
 * @param did the number that was called.
 * @param direction {@code inbound}, {@code internal} or {@code outbound}.
 * @param hop variables of the hop that led here ({@code dest_xform}); they win over the others.
 * @param seed what shares of calls are drawn from: the same for a call whenever it is asked.
 */
public record FlowFacts(
        String callerCid,
        String did,
        ResourceId accountId,
        String callId,
        String direction,
        Map<String, String> hop,
        long seed) {

    void fill(final FlowRun run) {
        run.set("caller_cid", callerCid);
        run.set("did", did);
        run.set("account_id", accountId.prefixed(ResourceKind.ACCOUNTS));
        run.set("call_id", callId);
        run.set("direction", direction);
        hop.forEach(run::set);
    }
}
