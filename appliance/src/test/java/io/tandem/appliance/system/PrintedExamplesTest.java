package io.tandem.appliance.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The examples that the three documentations print, sent as they are printed to a started appliance: only host and key are
 * others. What they refer to is configured beforehand under the printed identifiers.
 */
@Timeout(120)
class PrintedExamplesTest {
    private static final String SECRET = "00000000000000000000000000000000000000000000000000aa";
    private static final String SECRET_HASH = "%HASH%";
    private static final String NEVER = "9999-01-01 00:00:00.000000";

    private static final String CONFIGURATION = """
            {"resource":"accounts","id":"acc_01jf18ah3jeb5w6dfp27sgjsbt","name":"printed","country":"US","did_default_dest_kind":"hangup"}
            {"resource":"api-keys","account_id":"name:printed","name":"k","hash":"%HASH%","scopes":["*"]}
            {"resource":"domains","account_id":"name:printed","domain":"printed.example.com","is_primary":1}
            {"resource":"flows","account_id":"name:printed","name":"a","id":"flow_01jzqwjn803wtnhc445bvjenzc","is_published":1,%GRAPH%}
            {"resource":"flows","account_id":"name:printed","name":"b","id":"flow_01jzqbs3hn9rb3sp06ypecjn0t","is_published":1,%GRAPH%}
            {"resource":"flows","account_id":"name:printed","name":"c","id":"d157ce07-0360-4cad-9007-c8ab89fccf9c","is_published":1,%GRAPH%}
            {"resource":"users","account_id":"name:printed","id":"us_01jatt0336xwzg2zbf3q9pyfm5","username":"1001"}
            {"resource":"voicemail-boxes","account_id":"name:printed","id":"vm_01jg8asp59ps9rtt7azhrhvcre","name":"box"}
            {"resource":"schedules","account_id":"name:printed","id":"sch_01j0jvpe0wzc6g05bktfew0xyx","name":"hours",\
            "rules":[{"kind":"weekly","dow":1,"start_time":"09:00","end_time":"17:00"}]}
            """.replace("%GRAPH%", """
            "graph":{"nodes":[{"id":"in","data":{"kind":"entry"}},{"id":"bye","data":{"kind":"hangup"}}],\
            "edges":[{"source":"in","target":"bye"}]}""");

    private static final String DID = """
            {
            "id": "did_01j3sarpfcz8gdnnabykstr6fw", "account_id": "acc_01jf18ah3jeb5w6dfp27sgjsbt",
            "e164": "12025550123",
            "label": "Main line",
            "status": "active",
            "dest_kind": "flow", "dest_id": "flow_01jzqwjn803wtnhc445bvjenzc",
            "max_channels": 10,
            "fax_mode": "voice",
            "allow_anonymous": 1
            }
            """;

    private static final String DID_WITH_HOURS = """
            {
            "id": "did_01j3sarpfcz8gdnnabykstr6fw", "e164": "12025550123",
            "dest_kind": "flow", "dest_id": "flow_01jzqwjn803wtnhc445bvjenzc",
            "schedule_id": "sch_01j0jvpe0wzc6g05bktfew0xyx",
            "closed_dest_kind": "voicemail", "closed_dest_id": "vm_01jg8asp59ps9rtt7azhrhvcre",
            "holiday_dest_kind": "flow", "holiday_dest_id": "flow_01jzqbs3hn9rb3sp06ypecjn0t"
            }
            """;

    private static final String EXTENSION = """
            { "id": "ext_01j35sg7ss05vztd33pbd18f1h", "account_id": "acc_01jf18ah3jeb5w6dfp27sgjsbt", "digits": "1001",
            "dest_kind": "user", "dest_id": "us_01jatt0336xwzg2zbf3q9pyfm5", "status": "active" }
            """;

    private static final String LIST_EXTENSIONS = """
            curl -X GET "https://api.do.dev/v1/pbx/extensions" \\
            -H "Authorization: Bearer do_live_your_key_here"
            """;

    private static final String CREATE_EXTENSION = """
            curl -X POST "https://api.do.dev/v1/pbx/extensions" \\
            -H "Authorization: Bearer do_live_your_key_here" \\
            -H "Content-Type: application/json" \\
            -d '{
            "number": "102",
            "name": "Sales",
            "type": "user",
            "voicemailEnabled": true,
            "callerIdName": "Acme Sales"
            }'
            """;

    private static final String NUMBER = """
            {
                "id": "0b266038-844b-11ec-97d8-63ba531361ce",
                "number": "+821100000001",
                "type": "normal",
                "call_flow_id": "d157ce07-0360-4cad-9007-c8ab89fccf9c",
                "message_flow_id": "00000000-0000-0000-0000-000000000000",
                "name": "test talk",
                "detail": "simple number for talk flow",
                "status": "active",
                "t38_enabled": false,
                "emergency_enabled": false,
                "tm_create": "2022-02-01 00:00:00.000000",
                "tm_update": "2022-03-20 19:37:53.135685",
                "tm_delete": "9999-01-01 00:00:00.000000"
            }
            """;

    private static ApplianceProcess appliance;
    private static String base;

    private final HttpClient client = HttpClient.newHttpClient();

    private record Answer(int status, JsonNode json) {}

    @BeforeAll
    static void start(@TempDir final Path directory) throws IOException, InterruptedException {
        appliance = ApplianceProcess.startWithHttp(directory, CONFIGURATION.replace(SECRET_HASH, hash()));
        base = appliance.httpBase();
    }

    @AfterAll
    static void stop() throws Exception {
        appliance.close();
    }

    @Test
    @DisplayName("the numbers of SIP.IO are taken as printed and shown with the printed values")
    void shouldTakeNumbers() throws Exception {
        final Answer made = asSipIo("POST", "/v1/numbers", DID);
        assertThat(made.status).as(made.json.toString()).isEqualTo(201);
        assertShows(asSipIo("GET", "/v1/numbers/did_01j3sarpfcz8gdnnabykstr6fw", null), DID);

        final Answer put = asSipIo("PUT", "/v1/numbers/did_01j3sarpfcz8gdnnabykstr6fw", DID_WITH_HOURS);
        assertThat(put.status).as(put.json.toString()).isEqualTo(200);
        assertShows(asSipIo("GET", "/v1/numbers/did_01j3sarpfcz8gdnnabykstr6fw", null), DID_WITH_HOURS);
    }

    @Test
    @DisplayName("the extension of SIP.IO is taken as printed")
    void shouldTakeAnExtension() throws Exception {
        final Answer made = asSipIo("POST", "/v1/extensions", EXTENSION);
        assertThat(made.status).as(made.json.toString()).isEqualTo(201);
        assertShows(asSipIo("GET", "/v1/extensions/ext_01j35sg7ss05vztd33pbd18f1h", null), EXTENSION);
        asSipIo("DELETE", "/v1/extensions/ext_01j35sg7ss05vztd33pbd18f1h", null);
    }

    @Test
    @DisplayName("the two commands of do.dev work as printed, and the list has the printed fields")
    void shouldRunTheCommandsOfExtensions() throws Exception {
        final Answer made = curl(CREATE_EXTENSION);
        assertThat(made.status).as(made.json.toString()).isEqualTo(201);
        assertThat(made.json.get("sipCredentials").propertyNames()).contains("username", "password");

        final Answer listed = curl(LIST_EXTENSIONS);
        assertThat(listed.status).isEqualTo(200);
        assertThat(listed.json.propertyNames()).containsExactly("extensions");
        final JsonNode sales = listed.json
                .get("extensions")
                .valueStream()
                .filter(extension -> extension.get("number").stringValue().equals("102"))
                .findFirst()
                .orElseThrow();
        assertThat(sales.propertyNames())
                .containsExactly(
                        "id",
                        "number",
                        "name",
                        "type",
                        "status",
                        "callerIdName",
                        "callerIdNumber",
                        "voicemailEnabled",
                        "forwardingEnabled",
                        "registeredDevices");
        assertThat(sales.get("number").stringValue()).isEqualTo("102");
        assertThat(sales.get("callerIdName").stringValue()).isEqualTo("Acme Sales");
        assertThat(sales.get("voicemailEnabled").booleanValue()).isTrue();
        assertThat(sales.get("registeredDevices").intValue()).isZero();
    }

    @Test
    @DisplayName(
            "the number of VoIPBIN is taken as printed; its answer has the printed fields, in their order and types")
    void shouldTakeANumberOfTheOtherShape() throws Exception {
        for (final String path : List.of("/v1.0/numbers", "/numbers")) {
            final Answer made = asVoipbin("POST", path, NUMBER);
            assertThat(made.status).as(made.json.toString()).isEqualTo(200);
            final JsonNode printed = JsonMapper.shared().readTree(NUMBER);
            assertThat(made.json.propertyNames()).containsExactlyElementsOf(printed.propertyNames());
            for (final String field : printed.propertyNames()) {
                assertThat(made.json.get(field).getNodeType())
                        .as(field)
                        .isEqualTo(printed.get(field).getNodeType());
                if (!field.equals("id") && !field.startsWith("tm_")) {
                    assertThat(made.json.get(field)).as(field).isEqualTo(printed.get(field));
                }
            }
            assertThat(made.json.get("tm_create").stringValue())
                    .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}");
            assertThat(made.json.get("tm_delete").stringValue()).isEqualTo(NEVER);
            final String one = path + '/' + made.json.get("id").stringValue();
            assertThat(asVoipbin("GET", one, null).json).isEqualTo(made.json);
            final JsonNode list = asVoipbin("GET", path, null).json;
            assertThat(list.propertyNames()).containsExactly("result", "next_page_token");
            assertThat(list.get("result").valueStream()).contains(made.json);
            assertThat(asVoipbin("DELETE", one, null).json.get("status").stringValue())
                    .isEqualTo("deleted");
        }
    }

    /** What is printed is shown: these fields with these values, beside further ones. */
    private static void assertShows(final Answer answer, final String printed) {
        assertThat(answer.status).isEqualTo(200);
        final JsonNode wanted = JsonMapper.shared().readTree(printed);
        for (final String field : wanted.propertyNames()) {
            assertThat(answer.json.get(field)).as(field).isEqualTo(wanted.get(field));
        }
    }

    /** Runs a printed command, of the few options that these have. */
    private Answer curl(final String command) throws IOException, InterruptedException {
        final Matcher url = Pattern.compile("curl -X (\\w+) \"https://api\\.do\\.dev(/[^\"]*)\"")
                .matcher(command);
        assertThat(url.find()).isTrue();
        final Matcher data = Pattern.compile("-d '([^']*)'").matcher(command);
        final HttpRequest.Builder request = request(url.group(1), url.group(2), data.find() ? data.group(1) : null);
        final Matcher header = Pattern.compile("-H \"([^:\"]+): ([^\"]*)\"").matcher(command);
        while (header.find()) {
            request.header(header.group(1), header.group(2).replace("your_key_here", SECRET));
        }
        return send(request);
    }

    private Answer asSipIo(final String method, final String path, final String body)
            throws IOException, InterruptedException {
        return send(request(method, path, body)
                .header("x-api-key", "sk_" + SECRET)
                .header("Content-Type", "application/json"));
    }

    private Answer asVoipbin(final String method, final String path, final String body)
            throws IOException, InterruptedException {
        return send(request(method, path + "?token=" + SECRET, body).header("Content-Type", "application/json"));
    }

    private static HttpRequest.Builder request(final String method, final String path, final String body) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .version(HttpClient.Version.HTTP_1_1)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    private Answer send(final HttpRequest.Builder request) throws IOException, InterruptedException {
        final HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                JsonMapper.shared().readTree(response.body().isEmpty() ? "{}" : response.body()));
    }

    private static String hash() {
        return io.tandem.admin.http.key.Secret.hash("sk_" + SECRET);
    }
}
