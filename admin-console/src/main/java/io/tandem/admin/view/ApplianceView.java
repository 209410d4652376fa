package io.tandem.admin.view;

import java.util.List;
import java.util.Optional;

/**
 * Everything an operator may read. The appliance implements it; console and HTTP call it from their clients' virtual
 * threads, many at once, so an implementation is thread safe. A call may wait for the core to answer between two batches,
 * for a bounded time only. Every method throws {@link Refusal} when the question cannot be answered now.
 */
public interface ApplianceView {

    /** The appliance as a whole, readable in every state of service. */
    StatusView status();

    /**
     * Live calls, newest first.
     *
     * @param limit  most calls to return, at least 1
     * @param filter text that a call's id, numbers, account or trunks must contain, ignoring case; empty for all
     */
    CallsView calls(int limit, String filter);

    /** One live call by our id or by either side's Call-ID; empty when no live call has it. */
    Optional<CallDetailView> call(String id);

    /** Every counter, in the order in which it should be printed. */
    List<CounterView> counters();

    /** One row per measured step of a message's way, in that order. */
    List<LatencyView> latency();

    /**
     * Admission counters in use, by dimension then id.
     *
     * @param dimension name of one dimension as {@link #ceilingDimensions} spells it; empty for all
     */
    List<CeilingView> ceilings(String dimension);

    /** Names of the dimensions that admission counts, in the order in which it takes them. */
    List<String> ceilingDimensions();

    /** What would become of a call, found by the live stages without taking a hold or changing anything. */
    ExplanationView explain(ExplainQuestion question);

    /** A call of the retained journal as a ladder, by our id or by either side's Call-ID; empty when it is not there. */
    Optional<TraceView> trace(String id);

    /** The last {@code limit} call records, newest first. */
    List<CallRecordView> callRecords(int limit);

    /** Sockets that take calls, in the order of the settings. */
    List<ListenerView> listeners();

    /** The configuration that new calls see. */
    ConfigurationView configuration();
}
