package io.tandem.admin.http.wire;

import io.tandem.routing.model.Problem;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whose spelling a path speaks; here, how it spells what went wrong. */
public enum Dialect {
    /** Ours: RFC 9457 problem details. */
    NATIVE {
        @Override
        ApiAnswer body(final ApiProblem problem, final String requestId) {
            final ObjectNode body = Json.object();
            body.put("type", "about:blank");
            body.put("title", Reasons.title(problem.status()));
            body.put("status", problem.status());
            body.put("detail", problem.detail());
            if (!problem.mend().isEmpty()) {
                body.put("mend", problem.mend());
            }
            if (!problem.scope().isEmpty()) {
                body.put("scope", problem.scope());
            }
            if (!problem.errors().isEmpty()) {
                problem.errors().forEach(error -> write(body.withArray("errors"), error));
            }
            if (problem.referrerCount() > 0) {
                problem.referrers().forEach(body.withArray("referrers")::add);
                body.put("referrer_count", problem.referrerCount());
            }
            return ApiAnswer.text(
                    problem.status(),
                    "application/problem+json",
                    new String(Json.bytes(body), java.nio.charset.StandardCharsets.UTF_8));
        }

        private static void write(final ArrayNode errors, final Problem error) {
            final ObjectNode entry = errors.addObject();
            if (error.line() > 0) {
                entry.put("line", error.line());
            }
            entry.put("field", error.field());
            entry.put("value", error.value());
            entry.put("rule", error.rule());
            entry.put("mend", error.mend());
        }
    },
    /** do.dev: {@code {"success":false,"error":{"code","message","details"}}}. */
    PBX {
        @Override
        ApiAnswer body(final ApiProblem problem, final String requestId) {
            final ObjectNode body = Json.object();
            body.put("success", false);
            final ObjectNode error = body.putObject("error");
            error.put("code", Reasons.pbxCode(problem));
            error.put("message", sentence(problem));
            fields(error.putObject("details"), problem);
            return ApiAnswer.json(problem.status(), body);
        }

        @Override
        String spelled(final Problem error) {
            return switch (error.field()) {
                case "digits", "username" -> "number";
                case "label", "display_name" -> "name";
                case "out_cid_name" -> "callerIdName";
                case "out_cid_number" -> "callerIdNumber";
                case "number" -> error.resource().equals("forwards") ? "forwardingNumber" : "number";
                case "timeout_sec" -> "forwardingRingTimeout";
                default -> error.field();
            };
        }
    },
    /** VoIPBIN: {@code {"error":{"status","reason","message","request_id","details"}}}. */
    VOIPBIN {
        @Override
        ApiAnswer body(final ApiProblem problem, final String requestId) {
            final ObjectNode body = Json.object();
            final ObjectNode error = body.putObject("error");
            error.put("status", Reasons.voipbinStatus(problem.status()));
            error.put("reason", Reasons.voipbinReason(problem));
            error.put("message", sentence(problem));
            error.put("request_id", requestId);
            if (!problem.errors().isEmpty()) {
                fields(error.putArray("details").addObject(), problem);
            }
            return ApiAnswer.json(problem.status(), body);
        }

        @Override
        String spelled(final Problem error) {
            return switch (error.field()) {
                case "e164" -> "number";
                case "label" -> "name";
                case "dest_id" -> "call_flow_id";
                case "fax_mode" -> "t38_enabled";
                default -> error.field();
            };
        }
    };

    /** A problem as this dialect spells it. */
    public ApiAnswer answer(final ApiProblem problem, final String requestId) {
        ApiAnswer answer = body(problem, requestId);
        for (final Map.Entry<String, String> header : problem.headers().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    /** Whose a path is, when no route takes it. */
    public static Dialect ofPath(final String path) {
        if (path.equals("/v1/pbx") || path.startsWith("/v1/pbx/")) {
            return PBX;
        }
        return path.startsWith("/v1.0/") || path.startsWith("/numbers") || path.startsWith("/flows") ? VOIPBIN : NATIVE;
    }

    /** Name in documentation. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract ApiAnswer body(ApiProblem problem, String requestId);

    private static String sentence(final ApiProblem problem) {
        return problem.mend().isEmpty() ? problem.detail() : problem.detail() + "; " + problem.mend();
    }

    /** What this dialect calls a field of the configuration model. */
    String spelled(final Problem error) {
        return error.field();
    }

    void fields(final ObjectNode details, final ApiProblem problem) {
        for (final Problem error : problem.errors()) {
            final String name = error.field().isEmpty() ? "body" : spelled(error);
            details.put(name, error.mend().isEmpty() ? error.rule() : error.rule() + "; " + error.mend());
        }
    }
}
