package io.tandem.admin.http.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All routes of the server: the one place that says what there is. Immutable; any thread. */
public final class RouteTable {
    private final List<Entry> entries;

    private record Entry(Route route, List<String> segments) {}

    /** A route that takes a request. */
    public record Match(Route route, Map<String, String> variables) {}

    /** Takes the routes; of two that fit a path, the one with the earlier literal segment counts. */
    public RouteTable(final List<Route> routes) {
        final Set<String> seen = new LinkedHashSet<>();
        final List<Entry> all = new ArrayList<>();
        for (final Route route : routes) {
            if (!seen.add(route.method() + ' ' + route.template())) {
                throw new IllegalArgumentException("route stands twice: " + route.method() + ' ' + route.template());
            }
            all.add(new Entry(route, split(route.template())));
        }
        entries = List.copyOf(all);
    }

    /** All of them, in their order. */
    public List<Route> routes() {
        return entries.stream().map(Entry::route).toList();
    }

    /**
     * The route of a request; HEAD is answered by what answers GET.
     *
     * @throws ApiProblem 404 when the path is unknown, 405 with {@code Allow} when only the method is.
     */
    public Match match(final String method, final String path) {
        final List<String> segments = split(path);
        final String wanted = method.equals("HEAD") ? "GET" : method;
        Entry best = null;
        final Set<String> allowed = new LinkedHashSet<>();
        for (final Entry entry : entries) {
            if (fits(entry.segments, segments)) {
                allowed.add(entry.route.method());
                if (entry.route.method().equals(wanted) && (best == null || isNearer(entry, best))) {
                    best = entry;
                }
            }
        }
        if (best != null) {
            return new Match(best.route, variables(best.segments, segments));
        }
        if (allowed.isEmpty()) {
            throw new ApiProblem(404, "there is no such path")
                    .mend("see GET /v1/openapi.json")
                    .about(ApiProblem.PATH);
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        final String methods = String.join(", ", allowed);
        throw new ApiProblem(405, "the path does not take this method: allowed=" + methods)
                .mend("use one of those")
                .header("Allow", methods);
    }

    private static List<String> split(final String path) {
        return path.length() < 2 ? List.of() : List.of(path.substring(1).split("/", -1));
    }

    private static boolean isVariable(final String segment) {
        return segment.startsWith("{");
    }

    private static boolean fits(final List<String> template, final List<String> segments) {
        if (template.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < template.size(); i++) {
            if (isVariable(template.get(i))
                    ? segments.get(i).isEmpty()
                    : !template.get(i).equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNearer(final Entry entry, final Entry other) {
        for (int i = 0; i < entry.segments.size(); i++) {
            if (isVariable(entry.segments.get(i)) != isVariable(other.segments.get(i))) {
                return isVariable(other.segments.get(i));
            }
        }
        return false;
    }

    private static Map<String, String> variables(final List<String> template, final List<String> segments) {
        final Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < template.size(); i++) {
            if (isVariable(template.get(i))) {
                variables.put(template.get(i).substring(1, template.get(i).length() - 1), segments.get(i));
            }
        }
        return variables;
    }
}
