package io.tandem.routing.stage;

import io.tandem.routing.schedule.HoursVerdict;
import io.tandem.routing.target.TargetVerdict;
import java.util.Locale;

/**
 * Everything that a stage can conclude, with the answer that a caller gets for it (decision D2): the one table that code,
 * call records, explanations and {@code docs/specs/outcomes.md} share. A rule with status 0 lets the call go on. The codes go
 * to records: never renumber, never reuse.
 *
 * <p>In a text, {@code #} stands for {@link Decision#limit()}: a ceiling, a count, or the name of a target kind.
 */
public enum Rule {
    SOURCE_MATCHED(101, Stage.SCREEN, 0, 0, "source address belongs to the trunk"),
    SOURCE_NOT_GIVEN(102, Stage.SCREEN, 0, 0, "no source was given to explain"),
    SOURCE_PRESET(103, Stage.SCREEN, 0, 0, "call of the trunk that redirected"),
    SOURCE_UNKNOWN(151, Stage.SCREEN, 403, 21, "source address belongs to no trunk"),
    REDIRECT_LOOP(152, Stage.SCREEN, 482, 25, "redirected more than # times"),
    REDIRECTING_TRUNK_GONE(153, Stage.SCREEN, 403, 21, "trunk that redirected is not in use"),
    REDIRECTED_TOO_LATE(154, Stage.SCREEN, 482, 25, "redirected after # diversions"),

    TRUNK_IDENTIFIED(201, Stage.IDENTIFY, 0, 0, "trunk of an active account"),
    CALLER_NOT_IDENTIFIED(202, Stage.IDENTIFY, 0, 0, "caller not identified"),
    SOURCE_ACCOUNT_MISSING(203, Stage.IDENTIFY, 0, 0, "account of the trunk is missing, passed"),
    EMERGENCY_IDENTIFIED(204, Stage.IDENTIFY, 0, 0, "emergency call of a trunk of an account, suspended or not"),
    SOURCE_ACCOUNT_SUSPENDED(251, Stage.IDENTIFY, 403, 21, "account of the trunk is suspended"),
    SOURCE_FORBIDDEN(252, Stage.IDENTIFY, 403, 21, "source address is not allowed for the account"),

    CALLED_UNCHANGED(301, Stage.TRANSFORM, 0, 0, "called number as dialled"),
    CALLED_REWRITTEN(302, Stage.TRANSFORM, 0, 0, "called number rewritten"),

    NUMBER_FOUND(401, Stage.NUMBER, 0, 0, "number found"),
    NUMBER_ACCOUNT_MISSING(402, Stage.NUMBER, 0, 0, "account of the number is missing, passed"),
    NUMBER_OUTSIDE(403, Stage.NUMBER, 0, 0, "number is not one of ours, dialled outside"),
    EMERGENCY_NUMBER(404, Stage.NUMBER, 0, 0, "emergency number"),
    NUMBER_IN_RANGE(405, Stage.NUMBER, 0, 0, "number in a range"),
    NUMBER_BY_PREFIX(406, Stage.NUMBER, 0, 0, "number found by its first digits"),
    BAD_NUMBER(451, Stage.NUMBER, 484, 28, "called number is not an international number"),
    NUMBER_UNKNOWN(452, Stage.NUMBER, 404, 1, "number unknown"),
    NUMBER_DISABLED(453, Stage.NUMBER, 404, 1, "number disabled"),
    NUMBER_SUSPENDED(454, Stage.NUMBER, 404, 1, "number suspended"),
    NUMBER_PENDING(455, Stage.NUMBER, 404, 1, "number not yet in service"),
    NUMBER_DELETED(456, Stage.NUMBER, 404, 1, "number deleted"),
    VIRTUAL_UNREACHABLE(457, Stage.NUMBER, 404, 1, "virtual number not reachable from a carrier"),
    ACCOUNT_SUSPENDED(458, Stage.NUMBER, 403, 21, "account of the number is suspended"),

    NUMBERS_UNCHANGED(501, Stage.NUMBER_TRANSFORM, 0, 0, "numbers as they came"),
    NUMBERS_REWRITTEN(502, Stage.NUMBER_TRANSFORM, 0, 0, "numbers rewritten"),
    ANONYMOUS_REFUSED(551, Stage.NUMBER_TRANSFORM, 433, 21, "anonymous callers refused"),
    CALLER_BLOCKED(552, Stage.NUMBER_TRANSFORM, 603, 21, "caller is on a list of those who may not call"),

    CALL_ADMITTED(601, Stage.ADMIT_CALL, 0, 0, "room in every ceiling"),
    HOLDS_NOTHING(602, Stage.ADMIT_CALL, 0, 0, "a message holds nothing, no ceiling asked"),
    ADMITTED_OVER_LIMIT(603, Stage.ADMIT_CALL, 0, 0, "room in every ceiling, # call limits that only warn exceeded"),
    EMERGENCY_ADMITTED(604, Stage.ADMIT_CALL, 0, 0, "emergency call, counted, passes every ceiling"),
    STILL_ADMITTED(605, Stage.ADMIT_CALL, 0, 0, "call goes on with what it holds"),
    ACCOUNT_CEILING(651, Stage.ADMIT_CALL, 480, 34, "account ceiling # reached"),
    ANCESTOR_CEILING(652, Stage.ADMIT_CALL, 480, 34, "ceiling # of an account above reached"),
    TRUNK_CEILING(653, Stage.ADMIT_CALL, 480, 34, "trunk ceiling # reached"),
    NUMBER_CEILING(654, Stage.ADMIT_CALL, 486, 17, "number ceiling # reached"),
    IDENTICAL_CALLS(655, Stage.ADMIT_CALL, 482, 25, "# identical calls at the same time reached"),
    BOX_FULL(656, Stage.ADMIT_CALL, 503, 42, "admission table full"),
    CALL_LIMIT(657, Stage.ADMIT_CALL, 480, 34, "call limit # in its period reached"),

    NO_SCHEDULE(701, Stage.SCHEDULE, 0, 0, "number has no business hours"),
    SCHEDULE_OPEN(702, Stage.SCHEDULE, 0, 0, "open"),
    SCHEDULE_CLOSED(703, Stage.SCHEDULE, 0, 0, "closed, target for closed hours"),
    SCHEDULE_HOLIDAY(704, Stage.SCHEDULE, 0, 0, "holiday, target for holidays"),
    HOLIDAY_AS_CLOSED(705, Stage.SCHEDULE, 0, 0, "holiday, target for closed hours"),
    SCHEDULE_MISSING(706, Stage.SCHEDULE, 0, 0, "schedule missing, treated as open"),
    SCHEDULE_BROKEN(707, Stage.SCHEDULE, 0, 0, "schedule without usable rules, treated as open"),
    CLOSED_WITHOUT_TARGET(708, Stage.SCHEDULE, 0, 0, "closed, but no target for it, normal target"),
    HOLIDAY_WITHOUT_TARGET(709, Stage.SCHEDULE, 0, 0, "holiday, but no target for it, normal target"),

    TARGET_TRUNK(801, Stage.TARGET, 0, 0, "target is a trunk"),
    ACCOUNT_DEFAULT(802, Stage.TARGET, 0, 0, "number has no target, default of its account"),
    OVERRIDE_DANGLING(803, Stage.TARGET, 0, 0, "target for these hours is missing, normal target"),
    TARGET_DANGLING(804, Stage.TARGET, 0, 0, "target is missing, default of the account"),
    TARGET_RINGS(805, Stage.TARGET, 0, 0, "devices ring"),
    TARGET_NUMBER(806, Stage.TARGET, 0, 0, "forwarded to an external number"),
    TARGET_MEDIA(807, Stage.TARGET, 0, 0, "media trunk takes the call"),
    TARGET_FLOW(808, Stage.TARGET, 0, 0, "flow takes the call"),
    TARGET_WAITS(809, Stage.TARGET, 0, 0, "waits in a queue"),
    TARGET_PARKED(810, Stage.TARGET, 0, 0, "parked"),
    TARGET_PAGES(811, Stage.TARGET, 0, 0, "phones are paged"),
    TARGET_FEATURE(812, Stage.TARGET, 0, 0, "feature of the account"),
    TARGET_ASKS(813, Stage.TARGET, 0, 0, "flow asks a server before it goes on"),
    TARGET_HANGUP(851, Stage.TARGET, 603, 21, "target is hangup"),
    TARGET_KIND_NOT_BUILT(852, Stage.TARGET, 480, 79, "target kind # is not built"),
    TARGET_NEEDS_MEDIA(853, Stage.TARGET, 488, 79, "target kind # needs media and no media trunk is set"),
    TARGET_MISSING(854, Stage.TARGET, 404, 1, "number has no target that exists"),
    TARGET_LOOP(855, Stage.TARGET, 482, 25, "targets lead back to one another"),
    TARGET_HOPS(856, Stage.TARGET, 483, 25, "more than # targets behind one another"),
    USER_DISABLED(857, Stage.TARGET, 404, 1, "user disabled"),
    USER_BUSY(858, Stage.TARGET, 486, 17, "user busy, with nowhere else to go"),
    USER_NOT_DISTURBED(859, Stage.TARGET, 486, 17, "user not to be disturbed, with nowhere else to go"),
    USER_NO_ANSWER(860, Stage.TARGET, 480, 19, "user did not answer, with nowhere else to go"),
    USER_UNREACHABLE(861, Stage.TARGET, 480, 20, "no device of the user reachable, with nowhere else to go"),
    GROUP_BUSY(862, Stage.TARGET, 486, 17, "ring group busy, with nowhere else to go"),
    GROUP_NO_ANSWER(863, Stage.TARGET, 480, 19, "nobody of the ring group answered, with nowhere else to go"),
    GROUP_UNREACHABLE(864, Stage.TARGET, 480, 20, "nobody of the ring group reachable, with nowhere else to go"),
    EXTENSION_DISABLED(865, Stage.TARGET, 404, 1, "extension disabled"),
    QUEUE_FULL(866, Stage.TARGET, 480, 34, "queue holds # callers, with nowhere else to go"),
    QUEUE_TIMEOUT(867, Stage.TARGET, 480, 19, "waited too long in a queue, with nowhere else to go"),
    QUEUE_NO_AGENTS(868, Stage.TARGET, 480, 20, "nobody serves the queue, with nowhere else to go"),
    CONFERENCE_FULL(869, Stage.TARGET, 486, 17, "conference has its # members"),
    FORWARD_BUSY(870, Stage.TARGET, 486, 17, "forwarded number busy, with nowhere else to go"),
    FORWARD_NO_ANSWER(871, Stage.TARGET, 480, 19, "forwarded number did not answer, with nowhere else to go"),
    FEATURE_WITHOUT_USER(872, Stage.TARGET, 403, 21, "features are for users of the account"),
    FORWARD_UNCONFIRMED(873, Stage.TARGET, 480, 79, "forward wants a confirmation nobody asks for, nowhere else to go"),
    DIVERTED_TOO_OFTEN(874, Stage.TARGET, 482, 25, "diverted more than # times"),

    TRUNK_CHOSEN(901, Stage.OUTBOUND, 0, 0, "trunk takes the call"),
    OUTBOUND_REWRITTEN(902, Stage.OUTBOUND, 0, 0, "trunk takes the call, numbers rewritten"),
    ROUTE_CHOSEN(903, Stage.OUTBOUND, 0, 0, "outbound routes lead to # trunks"),
    WHOLESALE_CHOSEN(904, Stage.OUTBOUND, 0, 0, "no outbound route, # wholesale trunks"),
    TRUNK_DISABLED(951, Stage.OUTBOUND, 480, 27, "trunk disabled"),
    TRUNK_TAKES_NO_CALLS(952, Stage.OUTBOUND, 480, 27, "trunk takes no calls"),
    TRANSPORT_NOT_BUILT(953, Stage.OUTBOUND, 480, 79, "transport of the trunk is not built"),
    NO_ROUTE(955, Stage.OUTBOUND, 404, 3, "neither an outbound route nor a wholesale carrier takes the number"),
    TRUNK_ACCOUNT_SUSPENDED(954, Stage.OUTBOUND, 403, 21, "account of the target trunk is suspended"),
    CALLED_BLOCKED(956, Stage.OUTBOUND, 403, 21, "called number is on a list of those who are not called"),
    NO_EMERGENCY_ROUTE(960, Stage.OUTBOUND, 404, 3, "no trunk takes emergency calls of the account"),
    NO_CALLER_NUMBER(958, Stage.OUTBOUND, 403, 21, "neither caller nor account has a number that may be shown"),
    COUNTRY_FORBIDDEN(957, Stage.OUTBOUND, 403, 21, "country of the called number is not allowed"),
    TRUNK_GONE(959, Stage.OUTBOUND, 480, 27, "trunk is no longer there"),

    LEG_ADMITTED(1001, Stage.ADMIT_LEG, 0, 0, "room in the trunk"),
    LEG_TRUNK_CEILING(1051, Stage.ADMIT_LEG, 480, 34, "target trunk ceiling # reached"),
    LEG_BOX_FULL(1052, Stage.ADMIT_LEG, 503, 42, "admission table full"),

    COMPLETED(1101, Stage.CALL, 0, 0, "call went its way"),
    CALL_TABLE_FULL(1151, Stage.CALL, 503, 42, "call table full"),
    OVERLOADED(1152, Stage.CALL, 503, 42, "box overloaded"),
    DRAINING(1153, Stage.CALL, 503, 42, "box draining"),
    HOPS_USED_UP(1154, Stage.CALL, 483, 25, "hops used up"),
    LOOP_DETECTED(1155, Stage.CALL, 482, 25, "loop detected"),
    SCHEME_UNSUPPORTED(1156, Stage.CALL, 416, 28, "scheme of the request address not supported"),
    NO_ANSWER(1157, Stage.CALL, 480, 19, "no answer"),
    NO_CANDIDATE_LEFT(1158, Stage.CALL, 500, 38, "no trunk left to try"),
    OUR_FAULT(1159, Stage.CALL, 500, 41, "internal error"),
    EXTENSION_UNSUPPORTED(1161, Stage.CALL, 420, 127, "an extension is required that is not supported"),
    ANSWER_NOT_ACCEPTABLE(1162, Stage.CALL, 406, 79, "session descriptions are not accepted in answers"),
    SESSION_INTERVAL_TOO_SMALL(1163, Stage.CALL, 422, 127, "session interval below 90 seconds"),
    SESSION_EXPIRED(1164, Stage.CALL, 0, 102, "nobody refreshed the session"),
    REDIRECT_UNUSABLE(1165, Stage.CALL, 480, 3, "redirected to nothing that can be called"),
    TOO_LARGE(1166, Stage.CALL, 513, 127, "message too large for the other side"),
    CONTACT_MISSING(1167, Stage.CALL, 400, 127, "contact header missing"),
    PRIVACY_IMPOSSIBLE(1168, Stage.CALL, 500, 79, "privacy is critical and cannot be given"),
    REPLACES_MALFORMED(1170, Stage.CALL, 400, 127, "what is to be replaced cannot be read"),
    REPLACES_NOTHING(1171, Stage.CALL, 481, 1, "no call of ours there to be replaced"),
    CALL_TOO_LONG(1160, Stage.CALL, 0, 31, "longest call duration reached");

    private final int code;
    private final Stage stage;
    private final int status;
    private final int q850;
    private final String text;

    Rule(final int code, final Stage stage, final int status, final int q850, final String text) {
        this.code = code;
        this.stage = stage;
        this.status = status;
        this.q850 = q850;
        this.text = text;
    }

    /** Number in records; 0 there means that no rule decided. */
    public int code() {
        return code;
    }

    /** Stage that it belongs to. */
    public Stage stage() {
        return stage;
    }

    /** SIP status that the caller gets unless a setting says otherwise; 0 if the call goes on. */
    public int status() {
        return status;
    }

    /** Q.850 cause beside it, 0 for none. */
    public int q850() {
        return q850;
    }

    /** Whether the call ends here. */
    public boolean rejects() {
        return status != 0;
    }

    /** Whether the answer carries Retry-After: only when the box itself has no room, never for a tenant's ceiling. */
    public boolean retryAfter() {
        return status == 503;
    }

    /** What happened, in one phrase, with {@code #} where a value goes. */
    public String text() {
        return text;
    }

    /** For people: the name in lower case with dashes. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The rule with a {@link #code()}, or null; off the core's path. */
    public static Rule ofCode(final int code) {
        for (final Rule rule : values()) {
            if (rule.code == code) {
                return rule;
            }
        }
        return null;
    }

    /** What the resolution of a target came to, as a rule. */
    public static Rule of(final TargetVerdict verdict) {
        return switch (verdict) {
            case TARGET_TRUNK -> TARGET_TRUNK;
            case TARGET_RINGS -> TARGET_RINGS;
            case TARGET_NUMBER -> TARGET_NUMBER;
            case TARGET_MEDIA -> TARGET_MEDIA;
            case TARGET_FLOW -> TARGET_FLOW;
            case TARGET_WAITS -> TARGET_WAITS;
            case TARGET_PARKED -> TARGET_PARKED;
            case TARGET_PAGES -> TARGET_PAGES;
            case TARGET_FEATURE -> TARGET_FEATURE;
            case TARGET_ASKS -> TARGET_ASKS;
            case TARGET_HANGUP -> TARGET_HANGUP;
            case TARGET_NEEDS_MEDIA -> TARGET_NEEDS_MEDIA;
            case TARGET_MISSING -> TARGET_MISSING;
            case TARGET_LOOP -> TARGET_LOOP;
            case TARGET_HOPS -> TARGET_HOPS;
            case USER_DISABLED -> USER_DISABLED;
            case USER_BUSY -> USER_BUSY;
            case USER_NOT_DISTURBED -> USER_NOT_DISTURBED;
            case USER_NO_ANSWER -> USER_NO_ANSWER;
            case USER_UNREACHABLE -> USER_UNREACHABLE;
            case GROUP_BUSY -> GROUP_BUSY;
            case GROUP_NO_ANSWER -> GROUP_NO_ANSWER;
            case GROUP_UNREACHABLE -> GROUP_UNREACHABLE;
            case EXTENSION_DISABLED -> EXTENSION_DISABLED;
            case QUEUE_FULL -> QUEUE_FULL;
            case QUEUE_TIMEOUT -> QUEUE_TIMEOUT;
            case QUEUE_NO_AGENTS -> QUEUE_NO_AGENTS;
            case CONFERENCE_FULL -> CONFERENCE_FULL;
            case FORWARD_BUSY -> FORWARD_BUSY;
            case FORWARD_NO_ANSWER -> FORWARD_NO_ANSWER;
            case FORWARD_UNCONFIRMED -> FORWARD_UNCONFIRMED;
            case FEATURE_WITHOUT_USER -> FEATURE_WITHOUT_USER;
        };
    }

    /** What hours come to, as a rule. */
    public static Rule of(final HoursVerdict verdict) {
        return switch (verdict) {
            case NO_SCHEDULE -> NO_SCHEDULE;
            case OPEN -> SCHEDULE_OPEN;
            case CLOSED -> SCHEDULE_CLOSED;
            case HOLIDAY -> SCHEDULE_HOLIDAY;
            case HOLIDAY_AS_CLOSED -> HOLIDAY_AS_CLOSED;
            case MISSING -> SCHEDULE_MISSING;
            case BROKEN -> SCHEDULE_BROKEN;
            case CLOSED_WITHOUT_TARGET -> CLOSED_WITHOUT_TARGET;
            case HOLIDAY_WITHOUT_TARGET -> HOLIDAY_WITHOUT_TARGET;
        };
    }

    /** Place in tables that live no longer than the process. */
    @SuppressWarnings("EnumOrdinal")
    int index() {
        return ordinal();
    }
}
