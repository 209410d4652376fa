package io.tandem.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tandem.admin.http.HttpRig.Answer;
import io.tandem.admin.http.media.Wave;
import io.tandem.routing.change.ChangeRequest;
import io.tandem.routing.change.ChangeResult;
import io.tandem.routing.change.Edit;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sound of media, uploaded and fetched. */
class MediaContentTest {
    private static final int CONTENT_MAX = 40_000;
    private static final int CONTENTS_MAX = 100_000;
    private static final byte[] MP3 = "ID3\4 and the rest".getBytes(StandardCharsets.ISO_8859_1);

    private HttpRig rig;
    private String key;
    private String path;

    @BeforeEach
    void start() {
        rig = new HttpRig(
                HttpSettings.loopback(0).withLimits(HttpLimits.DEFAULT.withBodies(4_096, 16_384, 50, CONTENT_MAX)),
                CONTENTS_MAX);
        key = rig.key("acme", "media:read", "media:write");
        path = media("welcome");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private String media(final String name) {
        final Answer made = rig.send("POST", "/v1/media", key, "{'name':'" + name + "','kind':'prompt'}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().get("object_key").stringValue())
                .isEqualTo(made.json().get("id").stringValue());
        return made.header("location");
    }

    private Answer upload(final String to, final String mediaType, final byte[] content, final String... headers) {
        final String[] all = Stream.concat(Stream.of("Content-Type", mediaType), Stream.of(headers))
                .toArray(String[]::new);
        return rig.sendBytes("PUT", to + "/content", key, content, all);
    }

    private HttpResponse<byte[]> fetch(final String from, final String... headers)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(rig.base() + from + "/content"))
                    .header("x-api-key", key);
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), BodyHandlers.ofByteArray());
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(rig.media)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String id(final String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Test
    @DisplayName("R-172 a content is uploaded and fetched; the resource learns its format and how long it plays")
    void shouldGiveBackWhatWasUploaded() throws IOException, InterruptedException {
        final byte[] wave = Wave.ofMs(1_500);
        assertThat(rig.ask("GET", path + "/content", key).status()).isEqualTo(404);

        final Answer put = upload(path, "audio/wav", wave);
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        assertThat(put.json().get("format").stringValue()).isEqualTo("wav");
        assertThat(put.json().get("duration_ms").intValue()).isEqualTo(1_500);
        assertThat(put.header("etag")).matches("\"[0-9a-f]{64}\"");
        assertThat(rig.ask("GET", path, key).json()).isEqualTo(put.json());
        assertThat(files()).containsExactly(id(path));

        final HttpResponse<byte[]> got = fetch(path);
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.body()).isEqualTo(wave);
        assertThat(got.headers().firstValue("content-type")).contains("audio/wav");
        assertThat(got.headers().firstValue("content-length")).contains(Integer.toString(wave.length));
        assertThat(got.headers().firstValue("etag")).contains(put.header("etag"));
        assertThat(fetch(path, "If-None-Match", put.header("etag")).statusCode())
                .isEqualTo(304);
        final Answer head = rig.ask("HEAD", path + "/content", key);
        assertThat(head.header("content-length")).isEqualTo(Integer.toString(wave.length));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("etag")).isEqualTo(put.header("etag"));
        assertThat(head.header("content-type")).isEqualTo("audio/wav");
    }

    @Test
    void shouldReplaceAContentWhole() throws IOException, InterruptedException {
        final String before = upload(path, "audio/wav", Wave.ofMs(1_500)).header("etag");
        final Answer put = upload(path, "audio/mpeg; codecs=mp3", MP3);
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        assertThat(put.json().get("format").stringValue()).isEqualTo("mp3");
        assertThat(put.header("etag")).isNotEqualTo(before);
        assertThat(fetch(path).body()).isEqualTo(MP3);
        assertThat(fetch(path).headers().firstValue("content-type")).contains("audio/mpeg");
        assertThat(files()).hasSize(1);

        assertThat(upload(path, "audio/mpeg", MP3, "If-Match", before).status()).isEqualTo(412);
        assertThat(upload(path, "audio/mpeg", MP3, "If-Match", put.header("etag"))
                        .status())
                .isEqualTo(200);
        assertThat(upload(media("other"), "audio/mpeg", MP3, "If-Match", "*").status())
                .as("there is none yet")
                .isEqualTo(412);
    }

    @ParameterizedTest
    @DisplayName("R-172 types of sound that are not taken are 415, contents of another type than they are named 400")
    @CsvSource({
        "text/html, <html>, 415",
        "'', ID3, 415",
        "audio/midi, MThd, 415",
        "audio/wav, ID3, 400",
        "audio/mpeg, OggS, 400",
        "audio/ogg, '', 400",
        "audio/wav, RIFF1234WAVEdata, 400"
    })
    void shouldRefuseWhatIsNoSoundThatIsTaken(final String mediaType, final String content, final int status)
            throws IOException {
        final String[] headers = mediaType.isEmpty() ? new String[0] : new String[] {"Content-Type", mediaType};
        final Answer refused =
                rig.sendBytes("PUT", path + "/content", key, content.getBytes(StandardCharsets.US_ASCII), headers);

        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.header("accept")).isEqualTo(status == 415 ? "audio/wav, audio/mpeg, audio/ogg" : "");
        assertThat(files()).isEmpty();
        assertThat(rig.ask("GET", path, key).json().path("format").asString("")).isEmpty();
    }

    @Test
    @DisplayName("R-172 a content beyond the limit is 413, announced or not, and leaves the one before")
    void shouldRefuseWhatIsTooLarge() throws IOException, InterruptedException {
        final byte[] largest = Wave.ofMs((CONTENT_MAX - 44) / 8);
        assertThat(upload(path, "audio/wav", largest).status()).isEqualTo(200);
        final byte[] larger = new byte[CONTENT_MAX + 1];

        final Answer announced = upload(path, "audio/wav", larger);
        assertThat(announced.status()).isEqualTo(413);
        assertThat(announced.text()).contains("the content is too large: limit_bytes=" + CONTENT_MAX);
        final HttpRequest chunked = HttpRequest.newBuilder(URI.create(rig.base() + path + "/content"))
                .version(HttpClient.Version.HTTP_1_1)
                .headers("x-api-key", key, "Content-Type", "audio/wav")
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(larger)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(chunked, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(413);
        }
        assertThat(fetch(path).body()).isEqualTo(largest);
        assertThat(files()).hasSize(1);
    }

    @Test
    void shouldRefuseWhatHasNoRoomUntilSomethingGoes() throws IOException {
        final byte[] wave = Wave.ofMs(4_000);
        final String second = media("second");
        final String third = media("third");
        final String fourth = media("fourth");
        assertThat(upload(path, "audio/wav", wave).status()).isEqualTo(200);
        assertThat(upload(second, "audio/wav", wave).status()).isEqualTo(200);
        assertThat(upload(third, "audio/wav", wave).status()).isEqualTo(200);

        final Answer full = upload(fourth, "audio/wav", wave);
        assertThat(full.status()).isEqualTo(507);
        assertThat(full.text()).contains("Insufficient Storage", "there is no room for the content");
        assertThat(rig.ask("DELETE", second, key).status()).isEqualTo(204);
        assertThat(files()).containsExactlyInAnyOrder(id(path), id(third));
        assertThat(upload(fourth, "audio/wav", wave).status()).isEqualTo(200);

        final ResourceId gone = ResourceId.parse(id(third), ResourceKind.MEDIA.prefix());
        assertThat(rig.desk
                        .change(new ChangeRequest(
                                "test", "past the server", List.of(Edit.delete(ResourceKind.MEDIA, gone, ""))))
                        .outcome())
                .isEqualTo(ChangeResult.Outcome.APPLIED);
        assertThat(rig.ask("GET", third + "/content", key).status()).isEqualTo(404);
        assertThat(files()).contains(id(third));
        assertThat(upload(media("fifth"), "audio/wav", wave).status())
                .as("contents without resources give way")
                .isEqualTo(200);
        assertThat(files()).hasSize(3).doesNotContain(id(third));
    }

    @Test
    @DisplayName("R-172 contents of one account have a limit of their own, and leave that of others alone")
    void shouldLimitWhatOneAccountUploads() {
        final byte[] wave = Wave.ofMs(4_000);
        final HttpLimits limits = HttpLimits.DEFAULT.withMedia(1 << 20, wave.length + 100);
        try (HttpRig own = new HttpRig(HttpSettings.loopback(0).withLimits(limits))) {
            final String mine = own.key("shop", "*");
            final String other = own.key("far", "*");
            final String[] type = {"Content-Type", "audio/wav"};
            final String first = media(own, mine, "first");
            final String second = media(own, mine, "second");
            assertThat(own.sendBytes("PUT", first, mine, wave, type).status()).isEqualTo(200);
            assertThat(own.sendBytes("PUT", first, mine, wave, type).status())
                    .as("in place of itself")
                    .isEqualTo(200);

            final Answer full = own.sendBytes("PUT", second, mine, wave, type);
            assertThat(full.status()).isEqualTo(507);
            assertThat(full.text()).contains("account_limit_bytes=" + limits.mediaAccountMax());
            assertThat(own.ask("GET", second, mine).status()).isEqualTo(404);
            assertThat(own.sendBytes("PUT", media(own, other, "first"), other, wave, type)
                            .status())
                    .isEqualTo(200);
        }
    }

    private static String media(final HttpRig rig, final String key, final String name) {
        return rig.send("POST", "/v1/media", key, "{'name':'" + name + "','kind':'prompt'}")
                        .header("location")
                + "/content";
    }

    @Test
    @DisplayName("R-172 contents need the scopes of media, and are not there for other accounts")
    void shouldGuardContentsLikeTheirResources() {
        upload(path, "audio/mpeg", MP3);
        final String reading = rig.key("acme", "media:read");
        final String other = rig.key("other", "*");

        assertThat(rig.ask("GET", path + "/content", reading).status()).isEqualTo(200);
        assertThat(rig.sendBytes("PUT", path + "/content", reading, MP3, "Content-Type", "audio/mpeg")
                        .text())
                .contains("media:write");
        assertThat(rig.ask("GET", path + "/content", rig.key("acme", "numbers:read"))
                        .status())
                .isEqualTo(403);
        assertThat(rig.ask("GET", path + "/content", other).status()).isEqualTo(404);
        assertThat(rig.sendBytes("PUT", path + "/content", other, MP3, "Content-Type", "audio/mpeg")
                        .status())
                .isEqualTo(404);
        assertThat(rig.ask("GET", path + "/content", null).status()).isEqualTo(401);
        assertThat(rig.ask("GET", "/v1/media/nonsense/content", key).status()).isEqualTo(400);
        assertThat(rig.ask("GET", "/v1/media/..%2Fmedia/content", key).status()).isEqualTo(404);
        assertThat(rig.ask("DELETE", path + "/content", key).status()).isEqualTo(405);
    }

    @Test
    void shouldLeaveNothingOfAnUploadThatBreaksOff() throws IOException {
        try (Socket client = new Socket(InetAddress.ofLiteral("127.0.0.1"), rig.server.port())) {
            client.getOutputStream()
                    .write(("PUT " + path + "/content HTTP/1.1\r\nHost: localhost\r\nx-api-key: " + key
                                    + "\r\nContent-Type: audio/mpeg\r\nContent-Length: 1000\r\n\r\nID3")
                            .getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            client.getInputStream().readAllBytes();
        }
        assertThat(files()).isEmpty();
        assertThat(rig.ask("GET", path + "/content", key).status()).isEqualTo(404);
    }
}
