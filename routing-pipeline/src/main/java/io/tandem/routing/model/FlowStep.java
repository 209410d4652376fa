package io.tandem.routing.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a node of a flow does. Which kinds there are: {@link FlowNodeKind}. */
public sealed interface FlowStep {
    /** Most characters of a text that is spoken. */
    int SPOKEN_MAX = 1000;

    /** Most characters of a URL before variables are put in. */
    int URL_MAX = 1000;

    /** Most branches of a condition. */
    int BRANCHES_MAX = 32;

    /** What has to be spoken, played or listened to: done by the media trunk. */
    sealed interface Media extends FlowStep permits Play, Say, Menu, Collect, Recording {
        /** What is spoken first; {@link FlowTemplate#EMPTY} if nothing is. */
        FlowTemplate spoken();
    }

    /** Where a flow begins. */
    record Entry(FlowTrigger trigger) implements FlowStep {
        static Entry read(final FlowFields fields) {
            return new Entry(fields.choice("trigger", FlowTrigger.class, FlowTrigger.INBOUND));
        }
    }

    /** Plays a recording. */
    record Play(ResourceId audioId) implements Media {
        static Play read(final FlowFields fields) {
            return new Play(fields.neededReference("audioId", ResourceKind.MEDIA));
        }

        @Override
        public FlowTemplate spoken() {
            return FlowTemplate.EMPTY;
        }
    }

    /** Speaks a text. */
    record Say(FlowTemplate spoken, String voice) implements Media {
        static Say read(final FlowFields fields) {
            return new Say(fields.neededTemplate("text", SPOKEN_MAX), fields.text("voice", "", 64));
        }
    }

    /**
     * Asks for a choice by keys.
     *
     * @param prompts what is played, each {@link ResourceId#NIL} if nothing is.
     * @param terminators keys that end the input, not part of it.
     */
    record Menu(
            FlowTemplate spoken,
            FlowPrompts prompts,
            int minDigits,
            int maxDigits,
            String terminators,
            int timeoutSec,
            int interDigitTimeoutSec,
            int maxFailures,
            int maxTimeouts,
            boolean bargeIn)
            implements Media {
        static Menu read(final FlowFields fields) {
            final FlowPrompts prompts = FlowPrompts.read(fields);
            final FlowTemplate spoken = fields.template("promptText", SPOKEN_MAX);
            fields.exactlyOne("promptAudioId", "promptText");
            final int minDigits = fields.neededInteger("minDigits", 1, 10);
            final int maxDigits = fields.neededInteger("maxDigits", 1, 10);
            FlowPrompts.checkDigits(fields, minDigits, maxDigits);
            return new Menu(
                    spoken,
                    prompts,
                    minDigits,
                    maxDigits,
                    fields.keys("terminators", "", 12),
                    fields.integer("timeoutSec", 5, 1, 60),
                    fields.integer("interDigitTimeoutSec", 3, 1, 60),
                    fields.integer("maxFailures", 3, 1, 10),
                    fields.integer("maxTimeouts", 3, 1, 10),
                    fields.flag("bargeIn", true));
        }
    }

    /**
     * Asks for digits and keeps them in a variable.
     *
     * @param regex what all of the digits must match, empty for anything; checked when they arrive.
     */
    record Collect(
            String variable,
            FlowTemplate spoken,
            FlowPrompts prompts,
            int minDigits,
            int maxDigits,
            String terminator,
            int timeoutSec,
            int interDigitTimeoutSec,
            String regex,
            int maxTries)
            implements Media {
        static Collect read(final FlowFields fields) {
            final String variable = fields.neededVariable("variable");
            final FlowPrompts prompts = FlowPrompts.read(fields);
            final FlowTemplate spoken = fields.template("promptText", SPOKEN_MAX);
            final int minDigits = fields.neededInteger("minDigits", 1, 64);
            final int maxDigits = fields.neededInteger("maxDigits", 1, 64);
            FlowPrompts.checkDigits(fields, minDigits, maxDigits);
            return new Collect(
                    variable,
                    spoken,
                    prompts,
                    minDigits,
                    maxDigits,
                    fields.keys("terminator", "#", 1),
                    fields.integer("timeoutSec", 5, 1, 60),
                    fields.integer("interDigitTimeoutSec", 3, 1, 60),
                    fields.expression("regex", 255),
                    fields.integer("maxTries", 3, 1, 10));
        }
    }

    /**
     * Records the caller.
     *
     * @param variable receives where the recording is; empty for none.
     * @param silenceSec silence that ends it.
     */
    record Recording(String variable, int maxSec, int silenceSec, String terminators, boolean beep) implements Media {
        static Recording read(final FlowFields fields) {
            return new Recording(
                    fields.variable("variable"),
                    fields.integer("maxSec", 120, 1, 3600),
                    fields.integer("silenceSec", 5, 1, 60),
                    fields.keys("terminators", "#", 12),
                    fields.flag("beep", true));
        }

        @Override
        public FlowTemplate spoken() {
            return FlowTemplate.EMPTY;
        }
    }

    /** Asks a schedule. */
    record TimeCondition(ResourceId scheduleId) implements FlowStep {
        static TimeCondition read(final FlowFields fields) {
            return new TimeCondition(fields.neededReference("scheduleId", ResourceKind.SCHEDULES));
        }
    }

    /**
     * Chooses a way by variables or by lot.
     *
     * @param test what decides between {@code true} and {@code false}; has no operator if there are branches.
     * @param branches the first that holds is taken; none: {@code default}. Shares of one condition add up.
     */
    record Condition(FlowTest test, List<FlowBranch> branches) implements FlowStep {
        /** Copies the list. */
        public Condition {
            branches = List.copyOf(branches);
        }

        static Condition read(final FlowFields fields) {
            final FlowTest test = FlowTest.read(fields);
            final List<FlowBranch> branches = fields.objects("branches", BRANCHES_MAX, FlowBranch::read);
            fields.exactlyOne("operator", "branches");
            if (fields.given("branches") && fields.given("variable")) {
                fields.refuse("variable", "must not stand beside branches", "move it into them");
            }
            if (branches.stream().map(FlowBranch::name).distinct().count() < branches.size()) {
                fields.refuse("branches", "must have different names", "rename one");
            }
            if (branches.stream().mapToInt(branch -> branch.test().percent()).sum() > 100) {
                fields.refuse("branches", "must share out at most 100 percent", "lower a percent");
            }
            return new Condition(test, branches);
        }
    }

    /** Gives a variable another value. */
    record SetVariable(String variable, FlowTemplate value) implements FlowStep {
        static SetVariable read(final FlowFields fields) {
            return new SetVariable(
                    fields.neededVariable("variable"), fields.template("value", FlowVariables.VALUE_BYTES_MAX));
        }
    }

    /**
     * Asks a server.
     *
     * @param send variables that a POST carries as a JSON object.
     * @param variables which variable receives what the JSON pointer (RFC 6901) finds in the answer.
     */
    record Http(String method, FlowTemplate url, int timeoutMs, List<String> send, Map<String, String> variables)
            implements FlowStep {
        /** Copies what is inside. */
        public Http {
            send = List.copyOf(send);
            variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        }

        static Http read(final FlowFields fields) {
            final String method = fields.word("method", List.of("GET", "POST"), "GET");
            final FlowTemplate url = fields.neededTemplate("url", URL_MAX);
            if (!url.text().isEmpty() && !hasFixedServer(url)) {
                fields.refuse(
                        "url",
                        "must begin with http:// or https://, a server and / before any variable",
                        "write it like https://crm.example.com/callers/{{caller_cid}}");
            }
            final int timeoutMs = fields.integer("timeoutMs", 3000, 100, 10_000);
            final List<String> send = fields.variables("send");
            final Map<String, String> variables = fields.assignments("variables", 255);
            for (final String pointer : variables.values()) {
                if (!pointer.startsWith("/")) {
                    fields.refuse("variables", "must have JSON pointers, which begin with /", "write them like /name");
                    break;
                }
            }
            if (!send.isEmpty() && method.equals("GET")) {
                fields.refuse("send", "has no meaning for GET", "use POST");
            }
            return new Http(method, url, timeoutMs, send, variables);
        }

        /** Callers fill in variables: none of them may choose whom we ask. */
        private static boolean hasFixedServer(final FlowTemplate url) {
            final String beginning = url.beginning();
            final int scheme = beginning.startsWith("http://") ? 7 : beginning.startsWith("https://") ? 8 : -1;
            final int slash = scheme < 0 ? -1 : beginning.indexOf('/', scheme);
            if (slash <= scheme || beginning.lastIndexOf('@', slash) >= 0) {
                return false;
            }
            return url.text().chars().allMatch(c -> c > ' ' && c <= '~' && c != '\\' && c != '"');
        }
    }

    /**
     * Hands the call to a route target for good.
     *
     * @param variables for the next hop, from {@code dest_xform}.
     */
    record Route(TargetKind target, ResourceId id, Map<String, FlowTemplate> variables) implements FlowStep {
        /** Copies what is inside. */
        public Route {
            variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        }

        static Route read(final FlowFields fields) {
            final RouteTarget target = fields.target();
            final Map<String, FlowTemplate> variables = new LinkedHashMap<>();
            FlowVariables.ofHop(target.xform()).forEach((name, value) -> {
                try {
                    variables.put(name, FlowTemplate.parse(value));
                } catch (final IllegalArgumentException e) {
                    fields.refuse("dest_xform", e.getMessage(), "write variables like {{caller_cid}}");
                }
            });
            return new Route(target.kind(), target.id(), variables);
        }
    }

    /** Has something ring, answer or wait for the caller, and goes on when that is over. */
    record Visit(TargetKind target, ResourceId id) implements FlowStep {
        static Visit ringGroup(final FlowFields fields) {
            return read(fields, "ringGroupId", TargetKind.RING_GROUP);
        }

        static Visit queue(final FlowFields fields) {
            return read(fields, "queueId", TargetKind.QUEUE);
        }

        static Visit mailbox(final FlowFields fields) {
            return read(fields, "mailboxId", TargetKind.VOICEMAIL);
        }

        static Visit forward(final FlowFields fields) {
            return read(fields, "forwardId", TargetKind.FORWARD);
        }

        static Visit conference(final FlowFields fields) {
            return read(fields, "conferenceId", TargetKind.CONFERENCE);
        }

        private static Visit read(final FlowFields fields, final String field, final TargetKind target) {
            return new Visit(target, fields.neededReference(field, target.resources()));
        }
    }

    /**
     * Rings a user, an extension or a number.
     *
     * @param target {@link TargetKind#NONE} for a number.
     * @param number as dialled, empty for others.
     * @param timeoutSec -1 for that of the user.
     */
    record Dial(TargetKind target, ResourceId id, FlowTemplate number, int timeoutSec) implements FlowStep {
        static Dial read(final FlowFields fields) {
            final ResourceId user = fields.reference("userId", ResourceKind.USERS);
            final ResourceId extension = fields.reference("extensionId", ResourceKind.EXTENSIONS);
            final FlowTemplate number = fields.template("number", 255);
            fields.exactlyOne("userId", "extensionId", "number");
            final int timeoutSec = fields.integer("timeoutSec", Fields.UNLIMITED, 1, 600);
            if (!user.isNil()) {
                return new Dial(TargetKind.USER, user, FlowTemplate.EMPTY, timeoutSec);
            }
            return extension.isNil()
                    ? new Dial(TargetKind.NONE, ResourceId.NIL, number, timeoutSec)
                    : new Dial(TargetKind.EXTENSION, extension, FlowTemplate.EMPTY, timeoutSec);
        }
    }

    /**
     * Ends the call.
     *
     * @param sipCode what an unanswered call is answered with; 0 for the usual code.
     */
    record Hangup(int sipCode) implements FlowStep {
        static Hangup read(final FlowFields fields) {
            return new Hangup(Math.max(0, fields.integer("sipCode", Fields.UNLIMITED, 400, 699)));
        }
    }
}
