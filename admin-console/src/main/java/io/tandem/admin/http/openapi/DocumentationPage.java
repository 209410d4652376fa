package io.tandem.admin.http.openapi;

import io.tandem.admin.http.wire.Dialect;
import io.tandem.admin.http.wire.Route;
import io.tandem.routing.model.FieldRule;
import io.tandem.routing.model.ResourceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The API on one page of HTML that needs nothing else: routes by what they are about, and the fields of each kind. */
final class DocumentationPage {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Tandem management API</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>
            body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:0 auto;padding:1rem}
            body{color:#1b1f24;background:#fff}
            h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid #d0d7de}
            code{font:13px ui-monospace,monospace}table{border-collapse:collapse;width:100%}
            td,th{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #eaeef2}
            nav a{margin-right:1rem}b.m{display:inline-block;width:4.5rem}
            @media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}a{color:#58a6ff}
            td,th{border-color:#21262d}h2{border-color:#30363d}}
            </style></head><body>
            <h1>Tandem management API</h1>
            <p>Send a key as <code>x-api-key: sk_...</code> or <code>Authorization: Bearer ...</code>. Flags are 0 and
            1, times epoch seconds. A program reads <a href="/v1/openapi.json"><code>/v1/openapi.json</code></a>.</p>
            """;

    private DocumentationPage() {}

    static String of(final List<Route> routes) {
        final Map<String, StringBuilder> sections = new LinkedHashMap<>();
        for (final Route route : routes) {
            final StringBuilder section = sections.computeIfAbsent(title(route), DocumentationPage::begin);
            section.append("<tr><td><b class=\"m\">")
                    .append(route.method())
                    .append("</b><code>")
                    .append(text(route.template()))
                    .append("</code></td><td>")
                    .append(text(route.summary()))
                    .append("</td><td>")
                    .append(route.isOpen() ? "no key" : text(route.scope().isEmpty() ? "any key" : route.scope()))
                    .append("</td></tr>\n");
        }
        final StringBuilder page = new StringBuilder(HEAD).append("<nav>");
        for (final String title : sections.keySet()) {
            page.append("<a href=\"#")
                    .append(anchor(title))
                    .append("\">")
                    .append(text(title))
                    .append("</a> ");
        }
        page.append("</nav>\n");
        sections.forEach((title, section) -> {
            page.append(section).append("</table>\n");
            final ResourceKind kind = ResourceKind.ofCollection(title);
            if (kind != null) {
                fields(page, kind);
            }
        });
        return page.append("</body></html>\n").toString();
    }

    private static StringBuilder begin(final String title) {
        return new StringBuilder("<h2 id=\"")
                .append(anchor(title))
                .append("\">")
                .append(text(title))
                .append("</h2>\n<table><tr><th>request</th><th>what it does</th><th>scope</th></tr>\n");
    }

    private static void fields(final StringBuilder page, final ResourceKind kind) {
        page.append("<table><tr><th>field</th><th>takes</th><th>default</th></tr>\n");
        for (final FieldRule rule : kind.fields()) {
            page.append("<tr><td><code>")
                    .append(text(rule.name()))
                    .append("</code></td><td>")
                    .append(text(takes(rule)))
                    .append("</td><td>")
                    .append(rule.required() ? "required" : text(rule.absent() == null ? "" : rule.absent()))
                    .append("</td></tr>\n");
        }
        page.append("</table>\n");
    }

    private static String takes(final FieldRule rule) {
        return switch (rule.type()) {
            case TEXT -> "text of at most " + rule.most() + " characters";
            case INTEGER -> "whole number from " + rule.least() + " to " + rule.most();
            case FLAG -> "0 or 1";
            case WORD -> String.join(", ", rule.words());
            case NUMBER -> "international number";
            case NUMBERS -> "international number, prefix or range";
            case ID -> "ULID behind " + rule.refers().prefix();
            case REFERENCE -> "one of " + rule.refers().collection();
            case TEXTS -> "list of texts";
            case OBJECTS ->
                "list of objects: "
                        + String.join(
                                ", ",
                                rule.elements().stream().map(FieldRule::name).toList());
            case OBJECT -> "object";
        };
    }

    private static String title(final Route route) {
        if (route.dialect() != Dialect.NATIVE) {
            return "dialect " + route.dialect().word();
        }
        return route.kind() == null ? "appliance" : route.kind().collection();
    }

    private static String anchor(final String title) {
        return title.replace('/', '-').replace(' ', '-');
    }

    private static String text(final String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
