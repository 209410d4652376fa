package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.http.HttpRig.Answer;
import io.tandem.admin.http.wire.Route;
import io.tandem.routing.model.FieldRule;
import io.tandem.routing.model.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiTest {
    private HttpRig rig;
    private JsonNode document;

    @BeforeEach
    void start() {
        rig = new HttpRig();
        final Answer answer = rig.ask("GET", "/v1/openapi.json", null);
        assertThat(answer.status()).isEqualTo(200);
        document = answer.json();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void shouldDescribeEveryRouteAndNoOther() {
        assertThat(document.get("openapi").stringValue()).isEqualTo("3.1.0");
        final TreeSet<String> described = new TreeSet<>();
        document.get("paths").properties().forEach(path -> path.getValue()
                .propertyNames()
                .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + ' ' + path.getKey())));
        final TreeSet<String> served = new TreeSet<>();
        rig.server.routes().forEach(route -> served.add(route.method() + ' ' + route.template()));

        assertThat(described).isEqualTo(served);
    }

    /** A request to a described path is answered by a route: neither 404 for the path nor 405 for the method. */
    @Test
    void shouldServeWhatItDescribes() {
        for (final Route route : rig.server.routes()) {
            final String path = route.template().replaceAll("\\{[^}]+}", "1");
            final Answer answer = rig.ask(route.method(), path, null);
            assertThat(answer.status()).as(route.method() + ' ' + path).isEqualTo(route.isOpen() ? 200 : 401);
        }
    }

    @Test
    void shouldDescribeEveryFieldOfEveryKind() {
        for (final ResourceKind kind : ResourceKind.values()) {
            final JsonNode schema = document.get("components")
                    .get("schemas")
                    .get(kind.collection().replace('/', '.'));
            final List<String> fields = new ArrayList<>(
                    kind.fields().stream().map(FieldRule::name).toList());
            fields.addAll(List.of("created_at", "updated_at"));
            assertThat(schema.get("properties").propertyNames())
                    .as(kind.collection())
                    .containsExactlyElementsOf(fields);
        }
        final JsonNode number = document.get("components").get("schemas").get("numbers");
        assertThat(number.get("properties").get("status").get("enum").toString())
                .isEqualTo("[\"active\",\"disabled\",\"virtual\"]");
        assertThat(number.get("properties")
                        .get("allow_anonymous")
                        .get("default")
                        .intValue())
                .isEqualTo(1);
        assertThat(number.get("properties").get("max_channels").get("maximum").intValue())
                .isEqualTo(1_000_000);
    }

    @Test
    void shouldReferToSchemasThatAreThere() {
        final TreeSet<String> missing = new TreeSet<>();
        collectReferences(document, missing);
        document.get("components").get("schemas").propertyNames().forEach(name -> missing.remove(name));
        assertThat(missing).isEmpty();
    }

    private static void collectReferences(final JsonNode node, final Set<String> found) {
        if (node.isObject() && node.has("$ref")) {
            found.add(node.get("$ref").stringValue().substring("#/components/schemas/".length()));
        }
        node.forEach(child -> collectReferences(child, found));
    }

    @Test
    void shouldNotDescribeHiddenFieldsAsReadable() {
        assertThat(document.get("components")
                        .get("schemas")
                        .get("api-keys")
                        .get("properties")
                        .get("hash")
                        .get("writeOnly")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void shouldShowAllOfItOnOnePageWithoutForeignParts() {
        final Answer page = rig.ask("GET", "/docs", null);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).startsWith("text/html");
        assertThat(page.header("content-security-policy")).startsWith("default-src 'none'");
        for (final Route route : rig.server.routes()) {
            assertThat(page.text()).contains("<code>" + route.template() + "</code>");
        }
        assertThat(page.text())
                .contains("max_channels")
                .doesNotContain("<script")
                .doesNotContain("http://");
    }
}
