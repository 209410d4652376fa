package io.tandem.routing.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.JsonNodeFactory;

/** Kinds of nodes of a flow: their word, what they take, how they end, and how they may be left. */
public enum FlowNodeKind {
    /** Where a flow begins. */
    ENTRY("entry", Pace.THINKS, Leaving.GOES_ON, FlowStep.Entry::read, List.of("default")),
    /** Plays a recording. */
    PLAY("play", Pace.SPEAKS, Leaving.GOES_ON, FlowStep.Play::read, List.of("default")),
    /** Speaks a text. */
    SAY("say", Pace.SPEAKS, Leaving.GOES_ON, FlowStep.Say::read, List.of("default")),
    /** Asks for a choice by keys. */
    MENU("menu", Pace.SPEAKS, Leaving.GOES_ON, FlowStep.Menu::read, List.of("timeout", "invalid")),
    /** Asks for digits. */
    COLLECT("collect", Pace.SPEAKS, Leaving.GOES_ON, FlowStep.Collect::read, List.of("default", "timeout", "invalid")),
    /** Records the caller. */
    RECORD("record", Pace.SPEAKS, Leaving.GOES_ON, FlowStep.Recording::read, List.of("default"), "failed"),
    /** Asks a schedule. */
    TIME_CONDITION(
            "timeCondition",
            Pace.THINKS,
            Leaving.GOES_ON,
            FlowStep.TimeCondition::read,
            List.of("in_hours", "out_of_hours"),
            "holiday"),
    /** Chooses a way by variables or by lot. */
    CONDITION("condition", Pace.THINKS, Leaving.GOES_ON, FlowStep.Condition::read, List.of("true", "false")),
    /** Gives a variable another value. */
    SET_VARIABLE("setVariable", Pace.THINKS, Leaving.GOES_ON, FlowStep.SetVariable::read, List.of("default")),
    /** Asks a server. */
    HTTP("http", Pace.ASKS, Leaving.GOES_ON, FlowStep.Http::read, List.of("default", "error", "timeout")),
    /** Rings a user, an extension or a number. */
    DIAL("dial", Pace.RINGS, Leaving.GOES_ON, FlowStep.Dial::read, List.of("busy", "no_answer", "failed"), "answered"),
    /** Rings a group. */
    RING_GROUP(
            "ringGroup",
            Pace.RINGS,
            Leaving.MAY_END,
            FlowStep.Visit::ringGroup,
            List.of("busy", "no_answer", "failed"),
            "answered"),
    /** Rings an external number. */
    FORWARD(
            "forward",
            Pace.RINGS,
            Leaving.MAY_END,
            FlowStep.Visit::forward,
            List.of("busy", "no_answer", "failed"),
            "answered"),
    /** Waits for an agent. */
    ENQUEUE(
            "enqueue",
            Pace.RINGS,
            Leaving.MAY_END,
            FlowStep.Visit::queue,
            List.of("timeout", "no_agents", "queue_full", "ewt", "failed"),
            "answered"),
    /** Takes a message. */
    VOICEMAIL("voicemail", Pace.RINGS, Leaving.MAY_END, FlowStep.Visit::mailbox, List.of("default"), "failed"),
    /** Joins a conference. */
    CONFERENCE(
            "conference",
            Pace.RINGS,
            Leaving.MAY_END,
            FlowStep.Visit::conference,
            List.of("default"),
            "full",
            "failed"),
    /** Hands the call over for good. */
    ROUTE("route", Pace.THINKS, Leaving.ENDS, FlowStep.Route::read, List.of()),
    /** Ends the call. */
    HANGUP("hangup", Pace.THINKS, Leaving.ENDS, FlowStep.Hangup::read, List.of());

    private static final FlowNodeKind[] ALL = values();

    private final String word;
    private final Pace pace;
    private final Leaving leaving;

    @SuppressWarnings("ImmutableEnumChecker") // references to methods without state
    private final Function<FlowFields, FlowStep> reader;

    @SuppressWarnings("ImmutableEnumChecker") // never changes
    private final List<String> outcomes;

    @SuppressWarnings("ImmutableEnumChecker") // never changes
    private final List<String> optional;

    FlowNodeKind(
            final String word,
            final Pace pace,
            final Leaving leaving,
            final Function<FlowFields, FlowStep> reader,
            final List<String> outcomes,
            final String... optional) {
        this.word = word;
        this.pace = pace;
        this.leaving = leaving;
        this.reader = reader;
        this.outcomes = outcomes;
        this.optional = List.of(optional);
    }

    /** What a node does with the time of a call. */
    public enum Pace {
        /** Decides at once. */
        THINKS,
        /** Waits for a server, which may answer at once. */
        ASKS,
        /** Waits for the caller, who hears something. */
        SPEAKS,
        /** Waits for somebody else. */
        RINGS
    }

    /** Whether edges leave a node. */
    public enum Leaving {
        /** They must. */
        GOES_ON,
        /** Without any, the flow ends with the node. */
        MAY_END,
        /** None may. */
        ENDS
    }

    /** As written in {@code kind}. */
    public String word() {
        return word;
    }

    /** What a node of this kind does with the time of a call. */
    public Pace pace() {
        return pace;
    }

    /** Whether edges leave a node of this kind. */
    public Leaving leaving() {
        return leaving;
    }

    /**
     * Outcomes that need an edge, their own or the default one; of a condition with branches, their names take their
     * place.
     */
    public List<String> outcomes() {
        return outcomes;
    }

    /** Outcomes that may have an edge of their own. */
    public List<String> optional() {
        return optional;
    }

    /** What a node of this kind takes in {@code data}, beside {@code kind}, in the order in which it is read. */
    public List<FieldRule> fields() {
        final Map<String, FieldRule> rules = new LinkedHashMap<>();
        final FlowStep _ = reader.apply(new FlowFields(
                Fields.describing("flows", rules), JsonNodeFactory.instance.objectNode(), ResourceId.NIL, false));
        return new ArrayList<>(rules.values());
    }

    /** All words, in the order of the kinds. */
    public static List<String> words() {
        return Arrays.stream(ALL).map(FlowNodeKind::word).toList();
    }

    /** The kind of a {@link #word()}, or null. */
    public static FlowNodeKind ofWord(final String word) {
        for (final FlowNodeKind kind : ALL) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        return null;
    }

    /** Reads what is beside {@code kind} and reports what is wrong with it. */
    FlowStep read(final FlowFields fields) {
        return reader.apply(fields);
    }
}
