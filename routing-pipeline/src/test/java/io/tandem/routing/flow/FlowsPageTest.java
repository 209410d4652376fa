package io.tandem.routing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.routing.model.FieldRule;
import io.tandem.routing.model.FlowGraph;
import io.tandem.routing.model.FlowNodeKind;
import io.tandem.routing.model.FlowOperator;
import io.tandem.routing.model.FlowStep;
import io.tandem.routing.model.FlowTest;
import io.tandem.routing.model.FlowVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page about flows says what the code reads, checks and does. */
class FlowsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "specs", "flows.md");
    private static final Path MODEL = Path.of("..", "docs", "configuration-model.md");

    /** Run with {@code -Dtandem.docs.write=true} to write the page anew after a change of the kinds. */
    @Test
    void shouldBeDocumented() throws IOException {
        final String page = page();
        if (Boolean.getBoolean("tandem.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @Test
    void shouldNameEveryKindAndOutcomeInTheConfigurationModel() throws IOException {
        final String page = Files.readString(MODEL);
        final String section = page.substring(page.indexOf("\n## flows\n"));
        for (final FlowNodeKind kind : FlowNodeKind.values()) {
            assertThat(section.lines().filter(line -> line.startsWith("| `" + kind.word() + "` |")))
                    .as(kind.word())
                    .singleElement()
                    .satisfies(line -> {
                        for (final FieldRule field : kind.fields()) {
                            assertThat(line).contains("`" + field.name() + "`");
                        }
                        for (final String outcome : kind.outcomes()) {
                            assertThat(line).contains("`" + outcome + "`");
                        }
                    });
        }
    }

    private static String page() {
        return """
                # Call flows

                What a flow's graph takes, what is checked, and how a call is led through it. Written from
                `io.tandem.routing.model.FlowNodeKind` and the limits of `FlowInterpreter`; a test holds the page and the code together.

                A graph is `{"nodes":[...],"edges":[...],"start":"..."}`. A node is `{"id","type","position","data"}`, where `data` has
                `kind` and the fields of that kind; `type` and `position` are for editors. An edge is
                `{"id","source","target","sourceHandle"}`; `sourceHandle` is the outcome of the source at which it is taken, none is
                `default`. `start` is the entry node; it may be left out if there is only one.

                ## Kinds of nodes

                """
                + Arrays.stream(FlowNodeKind.values()).map(FlowsPageTest::kind).collect(Collectors.joining("\n"))
                + """

                ## Operators of conditions

                | operator | holds when |
                |---|---|
                """
                + Arrays.stream(FlowOperator.values())
                        .map(operator ->
                                "| `" + operator.name().toLowerCase(Locale.ROOT) + "` | " + words(operator) + " |\n")
                        .collect(Collectors.joining())
                + """

                A condition has one question and the outcomes `true` and `false`, or `branches`, each with a `name` and a question: the
                first that holds is the outcome, none is `default`. A call draws one lot at each node, from its own seed: always
                the same, also after a restart. The shares of the branches of one node stand side by side in the hundred lots.

                ## What is checked

                A draft may be unfinished; what is there must be well formed: fields that exist, values in range, references that lead
                somewhere, node identifiers that are unique. A kind that does not exist is a warning. Publishing asks for more:

                - every field that is needed, and only kinds that exist;
                - a start that is an entry node, and every node reached from it;
                - edges between nodes that exist, with outcomes that their source has, each outcome once; none that leaves a node which
                  ends the flow;
                - an edge for every outcome, its own or `default`. Without any edge, kinds that may end the flow do so;
                - no circle of nodes that all decide at once;
                - regular expressions within their limits.

                All problems are named at once, each with its place: `graph.nodes[menu].data.maxDigits`.

                ## How a call goes

                What follows is what the interpreter does and its tests hold. The appliance does not carry out all of it yet: a node that speaks,
                listens or waits hands the call to the account's media trunk, and the flow hears of it only when that does not take the call
                (`failed`); nothing follows a conversation that the flow has brought about. In flows of messages `http` ends with `error`.

                1. From node to node as long as they decide at once; any other node is a command to somebody else, and its outcome decides
                   where the call goes on.
                2. An outcome takes its own edge; `holiday` without one takes `out_of_hours`; everything but `answered` then takes
                   `default`. Where nothing leads on, the call is hung up normally.
                3. `answered` means that a conversation is over and the caller still there. Without an edge of its own the call ends:
                   nobody wants to meet the mailbox after a good talk.
                4. A queue, ring group, forward or mailbox follows its own exits first; the outcome comes to the flow where it has none.
                5. A schedule that is missing, broken or without rules is `in_hours`.
                6. Digits that do not fit length or `regex` make `collect` end with `invalid`. A body that is not JSON, or is too long,
                   makes `http` end with `error`, as does a URL that variables have made too long. A number to dial that is empty or too
                   long is `failed`.
                7. A call goes on in the version that it began with, also when the flow was published anew, withdrawn, deleted, imported or
                   rolled back meanwhile, and over restarts. What the graph names is looked up in the revision in force. Only when too many
                   versions are kept does a call go on in the next one: its node is found by identifier. If the node is gone, the call is hung up.
                8. A flow is passed once like every target: what leads back to it, from it or from what it rang, is a loop (482). A node that may
                   fail takes it for a failure, a `route` node ends the call.

                ## Variables

                `caller_cid` (after transforms), `did`, `account_id`, `call_id` and `direction` are always there. Those of the hop that
                led here (`dest_xform`, plain values only) win over them. `{{name}}` in a text is replaced by the variable, by nothing
                if there is none; in a URL the value is percent-encoded. A `route` node hands over its own `dest_xform` and nothing else.
                A bad name, or one variable too many, is not taken and counted; a value too long is cut.

                ## Limits

                | what | limit | beyond it |
                |---|---|---|
                """
                + row("nodes of a graph", FlowGraph.NODES_MAX, "refused")
                + row("edges of a graph", FlowGraph.EDGES_MAX, "refused")
                + row(
                        "bytes of a graph",
                        FlowGraph.BYTES_MAX,
                        "refused; draft and published graph fit one line of an import")
                + row("instructions of a regular expression", FlowGraph.EXPRESSION_INSTRUCTIONS_MAX, "refused")
                + row("instructions of all in a graph", FlowGraph.INSTRUCTIONS_MAX, "refused")
                + row("branches of a condition", FlowStep.BRANCHES_MAX, "refused")
                + row("values of a list", FlowTest.VALUES_MAX, "refused")
                + row("nodes that one call sees", FlowInterpreter.STEPS_MAX, "hung up")
                + row(
                        "requests with nothing between them that speaks or rings",
                        FlowInterpreter.REQUESTS_MAX,
                        "hung up")
                + row("variables of a call", FlowVariables.COUNT_MAX, "not taken")
                + row("bytes of a name", FlowVariables.NAME_BYTES_MAX, "not taken")
                + row("bytes of a value", FlowVariables.VALUE_BYTES_MAX, "cut between characters")
                + row("characters spoken at once", FlowInterpreter.SPOKEN_MAX, "cut")
                + row("characters of a URL with variables", FlowInterpreter.URL_MAX, "`error`")
                + row("characters that a request sends", FlowInterpreter.BODY_MAX, "`error`")
                + row("characters of an answer", FlowInterpreter.ANSWER_MAX, "`error`")
                + row(
                        "versions kept for calls that wait in them",
                        FlowsWaitedIn.KEPT_MAX,
                        "the call goes on in the next version")
                + row("bytes of their JSON", FlowsWaitedIn.KEPT_BYTES_MAX, "the same")
                + row("bytes of a run in a snapshot", FlowRun.ENCODED_BYTES_MAX, "cannot be exceeded")
                + """

                ## Why a flow hangs up

                | code | reason |
                |---|---|
                """
                + Arrays.stream(FlowEnd.values())
                        .map(end -> "| " + end.code() + " | " + end.text() + " |\n")
                        .collect(Collectors.joining());
    }

    private static String kind(final FlowNodeKind kind) {
        final StringBuilder text = new StringBuilder("### " + kind.word() + "\n\n" + words(kind) + "\n\n");
        if (!kind.fields().isEmpty()) {
            text.append("| field | default | rule |\n|---|---|---|\n");
            kind.fields().forEach(field -> field(text, "", field));
            text.append('\n');
        }
        text.append("Outcomes: ").append(outcomes(kind)).append(".\n");
        return text.toString();
    }

    private static void field(final StringBuilder text, final String indent, final FieldRule field) {
        final String absent =
                field.required() ? "required" : field.absent() == null ? "none" : "`" + field.absent() + "`";
        text.append("| `")
                .append(indent)
                .append(field.name())
                .append("` | ")
                .append(absent.equals("``") ? "none" : absent)
                .append(" | ")
                .append(rule(field))
                .append(" |\n");
        field.elements().forEach(element -> field(text, field.name() + "[]." + indent, element));
    }

    private static String rule(final FieldRule field) {
        return switch (field.type()) {
            case TEXT -> "text, at most " + field.most() + " characters";
            case INTEGER -> "whole number from " + field.least() + " to " + field.most();
            case FLAG -> "flag";
            case WORD -> field.words().stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
            case NUMBER -> "number";
            case NUMBERS -> "number, prefix or range";
            case ID, REFERENCE ->
                "one of the " + field.refers().collection() + ", `"
                        + field.refers().prefix() + "`";
            case TEXTS -> "list of texts";
            case OBJECTS -> "list of at most " + field.most() + " objects";
            case OBJECT -> "object of names and plain values";
        };
    }

    private static String outcomes(final FlowNodeKind kind) {
        if (kind.leaving() == FlowNodeKind.Leaving.ENDS) {
            return "none, the flow ends";
        }
        final List<String> needed = new ArrayList<>();
        if (kind == FlowNodeKind.MENU) {
            needed.add("`digit:` and the keys, such as `digit:1`, `digit:*` or `digit:12`, those that are drawn");
        }
        kind.outcomes().forEach(outcome -> needed.add('`' + outcome + '`'));
        final List<String> drawn =
                kind.optional().stream().map(outcome -> '`' + outcome + '`').toList();
        return String.join(", ", needed)
                + (drawn.isEmpty() ? "" : "; if drawn " + String.join(", ", drawn))
                + (kind.leaving() == FlowNodeKind.Leaving.MAY_END ? "; without any edge the flow ends" : "");
    }

    private static String row(final String what, final int limit, final String beyond) {
        return String.format(Locale.ROOT, "| %s | %,d | %s |%n", what, limit, beyond)
                .replace("\r", "");
    }

    private static String words(final FlowNodeKind kind) {
        return switch (kind) {
            case ENTRY -> "Where a call begins. `trigger` says for people what brings it.";
            case PLAY -> "Plays a recording.";
            case SAY -> "Speaks a text, which may have variables.";
            case MENU ->
                "Asks for a choice by keys: `promptAudioId` or `promptText`, one of them. Keys that lead nowhere are asked for again, "
                        + "`maxFailures` and `maxTimeouts` times in all; then the outcome is `invalid` or `timeout`.";
            case COLLECT -> "Asks for digits and keeps them in `variable`. `regex` must match all of them.";
            case RECORD -> "Records the caller; where the recording is goes to `variable`.";
            case TIME_CONDITION -> "Asks a schedule.";
            case CONDITION -> "Chooses a way by variables or by lot.";
            case SET_VARIABLE -> "Gives a variable another value, a text which may have variables.";
            case HTTP ->
                "Asks a server. `url` has a fixed server, variables only behind it. POST sends the variables named in `send` as a JSON "
                        + "object. `variables` says which variable receives what a JSON pointer finds: `{\"name\":\"/customer/name\"}`; "
                        + "what is not there becomes empty. Only a 2xx answer is `default`.";
            case DIAL -> "Rings a user, an extension or a number: `userId`, `extensionId` or `number`, one of them.";
            case RING_GROUP -> "Rings a group.";
            case FORWARD -> "Rings an external number.";
            case ENQUEUE -> "Waits for an agent.";
            case VOICEMAIL -> "Takes a message.";
            case CONFERENCE -> "Joins a conference.";
            case ROUTE -> "Hands the call to a route target for good; texts of `dest_xform` may have variables.";
            case HANGUP -> "Ends the call. `sipCode` is what an unanswered call is answered with.";
        };
    }

    private static String words(final FlowOperator operator) {
        return switch (operator) {
            case EQUALS -> "`variable` is `value`";
            case PREFIX -> "`variable` is a number that begins with `value`; a leading plus counts on neither side";
            case IN -> "`variable` is one of `values`";
            case REGEX -> "`value`, an RE2 expression, matches somewhere in `variable`";
            case PRESENT -> "`variable` is there and not empty";
            case PERCENT -> "the call is among `percent` of a hundred";
        };
    }
}
