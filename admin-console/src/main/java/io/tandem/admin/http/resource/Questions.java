package io.tandem.admin.http.resource;

import io.tandem.admin.http.key.Credential;
import io.tandem.admin.http.wire.ApiAnswer;
import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.admin.http.wire.Dialect;
import io.tandem.admin.http.wire.Json;
import io.tandem.admin.http.wire.Route;
import io.tandem.admin.http.wire.Route.Payload;
import io.tandem.admin.view.ApplianceView;
import io.tandem.admin.view.ConsideredView;
import io.tandem.admin.view.ExplainQuestion;
import io.tandem.admin.view.ExplanationView;
import io.tandem.admin.view.VerdictView;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceKind;
import io.tandem.routing.number.E164;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Who am I, and what would become of a call. */
public final class Questions {
    private static final List<String> EXPLAIN_FIELDS = List.of("from", "to", "at", "source");
    private static final long LAST_SECOND = 253_402_300_799L;

    private final ApplianceView appliance;
    private final Function<Credential, TenantDesk> desks;
    private final int bodyMax;

    /** Questions to an appliance. */
    public Questions(final ApplianceView appliance, final Function<Credential, TenantDesk> desks, final int bodyMax) {
        this.appliance = appliance;
        this.desks = desks;
        this.bodyMax = bodyMax;
    }

    /** What it answers. */
    public List<Route> routes() {
        return List.of(
                new Route(
                        "GET",
                        "/v1/whoami",
                        Dialect.NATIVE,
                        "",
                        null,
                        "Whose the key is, and what it may do.",
                        Payload.NONE,
                        Payload.OBJECT,
                        200,
                        List.of(),
                        this::whoami),
                new Route(
                        "POST",
                        "/v1/explain",
                        Dialect.NATIVE,
                        "explain:read",
                        null,
                        "What would become of a call: from, to, and perhaps at (epoch seconds) and source (address of a trunk).",
                        Payload.OBJECT,
                        Payload.OBJECT,
                        200,
                        List.of(),
                        this::explain));
    }

    private ApiAnswer whoami(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final ObjectNode body = Json.object();
        body.put("accountId", who.isOperator() ? null : who.account().prefixed(ResourceKind.ACCOUNTS));
        who.scopes().forEach(body.putArray("scopes")::add);
        body.put("via", who.isOperator() ? "operator" : "key");
        body.put("actor", who.actor());
        return ApiAnswer.json(200, body);
    }

    private ApiAnswer explain(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final ObjectNode asked = MediaTypes.object(request, bodyMax);
        final List<Problem> problems = new ArrayList<>();
        for (final String name : asked.propertyNames()) {
            if (!EXPLAIN_FIELDS.contains(name)) {
                problems.add(problem(asked, name, "is not a field of a question", "remove it"));
            }
        }
        final String from = text(asked, "from", problems);
        final String to = text(asked, "to", problems);
        final Optional<Instant> at = moment(asked, problems);
        final Optional<InetAddress> source = source(asked, problems);
        if (!problems.isEmpty()) {
            throw new ApiProblem(400, "the question has wrong fields").errors(problems);
        }
        final TenantDesk desk = desks.apply(who);
        if (who.isOperator()) {
            return ApiAnswer.json(200, shown(appliance.explain(new ExplainQuestion(from, to, at, source))));
        }
        if (source.isEmpty()) {
            requireReach(desk, to);
        }
        final ExplanationView explanation = appliance.explain(new ExplainQuestion(from, to, at, source));
        if (source.isPresent()
                && !ReachedExplanation.reaches(explanation.owners().source(), desk::reaches)) {
            throw new ApiProblem(400, "the question has wrong fields")
                    .errors(List.of(problem(
                            asked,
                            "source",
                            "must be an address of a trunk that the key reaches",
                            "take one of its acl, or leave it out")));
        }
        return ApiAnswer.json(200, shown(ReachedExplanation.of(explanation, desk::reaches)));
    }

    /** Without a source a tenant asks about calls to his own numbers only; from a trunk of his he may dial anything. */
    private static void requireReach(final TenantDesk desk, final String to) {
        final long e164 = E164.parse(to);
        if (e164 == E164.NONE || desk.findNumber(e164) == null) {
            throw ApiProblem.notFound("a number of the key's accounts that is called " + to);
        }
    }

    private static String text(final ObjectNode asked, final String field, final List<Problem> problems) {
        final JsonNode node = asked.get(field);
        if (node == null || !node.isString() || node.stringValue().isBlank()) {
            problems.add(problem(asked, field, "must be a number as it is dialled", "write it in double quotes"));
            return "";
        }
        return node.stringValue();
    }

    private static Optional<Instant> moment(final ObjectNode asked, final List<Problem> problems) {
        final JsonNode node = asked.get("at");
        if (!Json.isGiven(node)) {
            return Optional.empty();
        }
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.longValue() < 0
                || node.longValue() > LAST_SECOND) {
            problems.add(problem(asked, "at", "must be epoch seconds", "leave it out for now"));
            return Optional.empty();
        }
        return Optional.of(Instant.ofEpochSecond(node.longValue()));
    }

    private static Optional<InetAddress> source(final ObjectNode asked, final List<Problem> problems) {
        final JsonNode node = asked.get("source");
        if (!Json.isGiven(node)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(node.isString() ? node.stringValue() : ""));
        } catch (final IllegalArgumentException e) {
            problems.add(problem(asked, "source", "must be an address in numbers", "write it like 192.0.2.7"));
            return Optional.empty();
        }
    }

    private static Problem problem(final ObjectNode asked, final String field, final String rule, final String mend) {
        final JsonNode node = asked.get(field);
        return new Problem(
                0, "", field, node == null ? "" : node.isString() ? node.stringValue() : node.toString(), rule, mend);
    }

    private static ObjectNode shown(final ExplanationView explanation) {
        final ObjectNode body = Json.object();
        body.put("from", explanation.from());
        body.put("to", explanation.to());
        body.put("at", explanation.at().getEpochSecond());
        body.put("source", explanation.source().orElse(null));
        body.put("accepted", explanation.accepted() ? 1 : 0);
        body.put("status", explanation.status());
        body.put("reason", explanation.reason());
        body.put("account", explanation.account().orElse(null));
        body.put("target", explanation.target().orElse(null));
        body.put("called_out", explanation.calledOut().orElse(null));
        body.put("caller_out", explanation.callerOut().orElse(null));
        body.put("recording", explanation.recording().orElse(null));
        body.put("revision", explanation.revision());
        final ArrayNode verdicts = body.putArray("verdicts");
        for (final VerdictView verdict : explanation.verdicts()) {
            final ObjectNode entry = verdicts.addObject();
            entry.put("stage", verdict.stage());
            entry.put("rule", verdict.rule());
            entry.put("passed", verdict.passed() ? 1 : 0);
            entry.put("text", verdict.text());
            entry.put("duration_ns", verdict.durationNs());
        }
        final ArrayNode considered = body.putArray("considered");
        for (final ConsideredView rule : explanation.considered()) {
            final ObjectNode entry = considered.addObject();
            entry.put("stage", rule.stage());
            entry.put("kind", rule.kind());
            entry.put("rule", rule.rule());
            entry.put("name", rule.name().orElse(null));
            entry.put("finding", rule.finding());
        }
        return body;
    }
}
