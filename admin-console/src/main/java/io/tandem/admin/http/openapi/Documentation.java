package io.tandem.admin.http.openapi;

import io.tandem.admin.http.wire.ApiAnswer;
import io.tandem.admin.http.wire.Dialect;
import io.tandem.admin.http.wire.Json;
import io.tandem.admin.http.wire.Route;
import io.tandem.admin.http.wire.Route.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Serves the description of the API, without a key: as OpenAPI for programs, as one page for people. */
public final class Documentation {
    private static final String JSON_PATH = "/v1/openapi.json";
    private static final String PAGE_PATH = "/docs";

    private Documentation() {}

    /** Some routes, and those that describe all of them. */
    public static List<Route> describing(final List<Route> others) {
        final List<Route> all = new ArrayList<>(others);
        final byte[][] made = new byte[2][];
        all.add(route(
                JSON_PATH,
                "This document.",
                Payload.OBJECT,
                () -> new ApiAnswer(200, ApiAnswer.JSON, Map.of(), new ApiAnswer.Bytes(made[0]))));
        all.add(route(
                PAGE_PATH,
                "The same for people.",
                Payload.HTML,
                () -> new ApiAnswer(
                        200,
                        "text/html; charset=utf-8",
                        Map.of("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
                        new ApiAnswer.Bytes(made[1]))));
        made[0] = Json.bytes(OpenApiDocument.of(all));
        made[1] = DocumentationPage.of(all).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return List.copyOf(all);
    }

    private static Route route(
            final String path,
            final String summary,
            final Payload gives,
            final java.util.function.Supplier<ApiAnswer> answer) {
        return new Route(
                "GET",
                path,
                Dialect.NATIVE,
                Route.OPEN,
                null,
                summary,
                Payload.NONE,
                gives,
                200,
                List.of(),
                (request, who, variables) -> answer.get());
    }
}
