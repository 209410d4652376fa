package io.tandem.admin.http;

import io.tandem.admin.http.key.Credential;
import io.tandem.admin.http.key.KeyRing;
import io.tandem.admin.http.key.RequestRate;
import io.tandem.admin.http.media.MediaContent;
import io.tandem.admin.http.media.MediaFiles;
import io.tandem.admin.http.openapi.Documentation;
import io.tandem.admin.http.pbx.PbxExtensions;
import io.tandem.admin.http.pbx.PresenceView;
import io.tandem.admin.http.resource.BulkImport;
import io.tandem.admin.http.resource.Export;
import io.tandem.admin.http.resource.FlowActions;
import io.tandem.admin.http.resource.NativeCollection;
import io.tandem.admin.http.resource.NewIds;
import io.tandem.admin.http.resource.Questions;
import io.tandem.admin.http.resource.QueueAgents;
import io.tandem.admin.http.resource.Revisions;
import io.tandem.admin.http.resource.TenantDesk;
import io.tandem.admin.http.voipbin.VoipbinFlows;
import io.tandem.admin.http.voipbin.VoipbinNumbers;
import io.tandem.admin.http.wire.ApiAnswer;
import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.admin.http.wire.Dialect;
import io.tandem.admin.http.wire.Route;
import io.tandem.admin.http.wire.RouteTable;
import io.tandem.admin.view.ApplianceView;
import io.tandem.admin.view.ConfigurationDesk;
import io.tandem.admin.view.Refusal;
import io.tandem.routing.model.Problem;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a request to its answer: path, key, rate, scope, handler. What anything of that throws becomes an answer in the
 * spelling of the path's dialect. Any thread.
 */
final class Api {
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final String BEARER = "bearer ";

    private final RouteTable routes;
    private final KeyRing keys;
    private final RequestRate rate;
    private final NewIds ids;
    private final Function<Credential, TenantDesk> desks;

    Api(
            final HttpSettings settings,
            final ConfigurationDesk desk,
            final ApplianceView appliance,
            final PresenceView presence,
            final MediaFiles media,
            final KeyRing keys,
            final RequestRate rate,
            final InstantSource clock) {
        this.keys = keys;
        this.rate = rate;
        ids = new NewIds(clock);
        desks = who -> new TenantDesk(desk, ids, who);
        routes = new RouteTable(Documentation.describing(routes(settings.limits(), desk, appliance, presence, media)));
    }

    private List<Route> routes(
            final HttpLimits limits,
            final ConfigurationDesk desk,
            final ApplianceView appliance,
            final PresenceView presence,
            final MediaFiles media) {
        final List<Route> all = new ArrayList<>();
        final MediaContent contents = new MediaContent(desk, desks, media, limits.mediaMax(), limits.mediaAccountMax());
        for (final ResourceKind kind : ResourceKind.values()) {
            final Consumer<ResourceId> deleted = kind == ResourceKind.MEDIA ? contents::delete : id -> {};
            all.addAll(new NativeCollection(kind, desks, limits.bodyMax(), deleted).routes());
        }
        all.addAll(contents.routes());
        all.addAll(new FlowActions(desks).routes());
        all.addAll(new QueueAgents(desks, limits.bodyMax()).routes());
        all.addAll(new Export(desks).routes());
        all.addAll(new BulkImport(desk, desks, limits.importMax(), limits.importLinesMax()).routes());
        all.addAll(new Revisions(desk, desks).routes());
        all.addAll(new Questions(appliance, desks, limits.bodyMax()).routes());
        all.addAll(new PbxExtensions(desks, presence, limits.bodyMax()).routes());
        for (final String base : List.of("", "/v1.0")) {
            all.addAll(new VoipbinNumbers(base, desks, limits.bodyMax()).routes());
            all.addAll(new VoipbinFlows(base, desks).routes());
        }
        return all;
    }

    /** All that can be asked for. */
    List<Route> routes() {
        return routes.routes();
    }

    /** The answer; never throws for what a client does. */
    ApiAnswer answer(final ApiRequest request) {
        final String path = NativePaths.canonical(request.path());
        Dialect dialect = Dialect.ofPath(path);
        try {
            final RouteTable.Match match = routes.match(request.method(), path);
            final Route route = match.route();
            dialect = route.dialect();
            refuseRepeated(request);
            final Credential who = route.isOpen() ? Credential.NOBODY : admit(request, route);
            return route.handler().handle(request, who, match.variables());
        } catch (final ApiProblem problem) {
            return dialect.answer(problem, requestId());
        } catch (final Refusal refusal) {
            return dialect.answer(
                    new ApiProblem(503, refusal.what()).mend(refusal.mend()).header("Retry-After", "1"), requestId());
        } catch (final RuntimeException e) {
            final String id = requestId();
            LOG.error("request failed: method={} path={} request_id={}", request.method(), path, id, e);
            return dialect.answer(
                    new ApiProblem(500, "the request failed: request_id=" + id).mend("see the appliance's log"), id);
        }
    }

    /** Nobody could tell which of the values counts. */
    private static void refuseRepeated(final ApiRequest request) {
        request.query().forEach((name, values) -> {
            if (values.size() > 1) {
                throw new ApiProblem(400, "the query has wrong parameters")
                        .errors(List.of(new Problem(
                                0,
                                "",
                                name,
                                values.getLast(),
                                "is given " + values.size() + " times",
                                "give it once")));
            }
        });
    }

    private Credential admit(final ApiRequest request, final Route route) {
        final Credential who = presented(request, route.dialect())
                .flatMap(keys::holder)
                .orElseThrow(() -> new ApiProblem(401, "the request has no key that opens anything")
                        .mend("send it as x-api-key, or as Authorization: Bearer")
                        .header("WWW-Authenticate", "Bearer"));
        final long waitSec = rate.take(who.actor());
        if (waitSec > 0) {
            throw new ApiProblem(429, "the key asks too often")
                    .mend("wait as long as Retry-After says")
                    .header("Retry-After", Long.toString(waitSec));
        }
        final TenantDesk desk = desks.apply(who);
        desk.requireScope(route.scope());
        desk.requireService();
        return who;
    }

    private static Optional<String> presented(final ApiRequest request, final Dialect dialect) {
        final Optional<String> key = request.header("x-api-key");
        if (key.isPresent()) {
            return key;
        }
        final String authorization = request.header("authorization").orElse("");
        if (authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Optional.of(authorization.substring(BEARER.length()).strip());
        }
        return dialect == Dialect.VOIPBIN
                ? request.parameter("token").or(() -> request.parameter("accesskey"))
                : Optional.empty();
    }

    private String requestId() {
        return "req_" + ids.next().ulid();
    }
}
