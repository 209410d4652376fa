package io.tandem.admin.http.media;

import io.tandem.admin.http.key.Credential;
import io.tandem.admin.http.resource.NativeJson;
import io.tandem.admin.http.resource.Preconditions;
import io.tandem.admin.http.resource.TenantDesk;
import io.tandem.admin.http.wire.ApiAnswer;
import io.tandem.admin.http.wire.ApiProblem;
import io.tandem.admin.http.wire.ApiRequest;
import io.tandem.admin.http.wire.Dialect;
import io.tandem.admin.http.wire.Json;
import io.tandem.admin.http.wire.Route;
import io.tandem.admin.http.wire.Route.Payload;
import io.tandem.admin.view.ConfigurationDesk;
import io.tandem.routing.change.StoredResource;
import io.tandem.routing.model.ResourceId;
import io.tandem.routing.model.ResourceKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sound of a media resource, uploaded and fetched by itself. Its tag is the SHA-256 of its bytes; the resource
 * learns its format and, of WAV, how long it plays.
 */
public final class MediaContent {
    private static final Logger LOG = LoggerFactory.getLogger(MediaContent.class);
    private static final ResourceKind KIND = ResourceKind.MEDIA;
    private static final int PAGE = 1_000;

    private final ConfigurationDesk all;
    private final Function<Credential, TenantDesk> desks;
    private final MediaFiles files;
    private final int bytesMax;
    private final long accountBytesMax;

    /**
     * Contents in {@code files}, of at most {@code bytesMax} bytes each and {@code accountBytesMax} of an account; {@code
     * desks} makes a desk for each request.
     */
    public MediaContent(
            final ConfigurationDesk all,
            final Function<Credential, TenantDesk> desks,
            final MediaFiles files,
            final int bytesMax,
            final long accountBytesMax) {
        this.all = all;
        this.desks = desks;
        this.files = files;
        this.bytesMax = bytesMax;
        this.accountBytesMax = accountBytesMax;
    }

    /** What it answers. */
    public List<Route> routes() {
        return List.of(
                route(
                        "GET",
                        KIND.collection() + ":read",
                        "Fetches the content of one.",
                        Payload.NONE,
                        Payload.SOUND,
                        this::fetch),
                route(
                        "PUT",
                        KIND.collection() + ":write",
                        "Uploads the content of one, in place of the one before; answers the resource with its format.",
                        Payload.SOUND,
                        Payload.RESOURCE,
                        this::upload));
    }

    private static Route route(
            final String method,
            final String scope,
            final String summary,
            final Payload takes,
            final Payload gives,
            final Route.Handler handler) {
        return new Route(
                method,
                "/v1/media/{id}/content",
                Dialect.NATIVE,
                scope,
                KIND,
                summary,
                takes,
                gives,
                200,
                List.of(),
                handler);
    }

    private ApiAnswer fetch(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final StoredResource media = desks.apply(who).require(KIND, variables.get("id"));
        try {
            final MediaFiles.Content content = files.find(media.resource().id())
                    .orElseThrow(() ->
                            new ApiProblem(404, "the content was not uploaded yet").mend("PUT it to the same path"));
            boolean handedOver = false;
            try {
                final ApiAnswer answer = answer(request, content);
                handedOver = answer.body() instanceof ApiAnswer.Stream;
                return answer;
            } finally {
                if (!handedOver) {
                    content.close();
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApiAnswer answer(final ApiRequest request, final MediaFiles.Content found) throws IOException {
        final FileChannel content = found.bytes();
        final String tag = tag(found.digest());
        if (Preconditions.names(request.header("if-none-match").orElse(""), tag)) {
            return ApiAnswer.empty(304).with("ETag", tag);
        }
        final String mediaType =
                AudioFormat.ofHead(head(content)).map(AudioFormat::mediaType).orElse("application/octet-stream");
        if (request.method().equals("HEAD")) {
            return new ApiAnswer(
                    200,
                    mediaType,
                    Map.of("ETag", tag, "Content-Length", Long.toString(content.size())),
                    new ApiAnswer.Bytes(new byte[0]));
        }
        return ApiAnswer.stream(mediaType, out -> send(content, out))
                .with("ETag", tag)
                .with("Content-Length", Long.toString(content.size()));
    }

    private static void send(final FileChannel content, final OutputStream out) throws IOException {
        try (content) {
            content.position(0);
            Channels.newInputStream(content).transferTo(out);
        }
    }

    private ApiAnswer upload(final ApiRequest request, final Credential who, final Map<String, String> variables) {
        final TenantDesk desk = desks.apply(who);
        final StoredResource was = desk.require(KIND, variables.get("id"));
        final ResourceId id = was.resource().id();
        final AudioFormat format = format(request);
        if (request.contentLength() > bytesMax) {
            throw tooLarge("the content is too large: limit_bytes=" + bytesMax);
        }
        final String expected = request.header("if-match").orElse("");
        demandTag(expected, id);
        final List<ResourceId> others = others(was);
        final String digest;
        final OptionalInt durationMs;
        try (InputStream content = request.entity().open();
                MediaFiles.Upload upload = receive(content)) {
            try (FileChannel received = upload.read()) {
                demandFormat(request, format, received);
                digest = ContentDigest.of(received);
                durationMs = format == AudioFormat.WAV ? WaveFile.durationMs(received) : OptionalInt.empty();
            }
            if (format == AudioFormat.WAV && durationMs.isEmpty()) {
                throw new ApiProblem(400, "the content is no sound WAV file: it lacks its fmt or data chunk")
                        .mend("convert it anew");
            }
            upload.publish(id, digest, before -> {
                demandRoom(others, upload.length());
                return mayReplace(expected, before);
            });
        } catch (final MediaFiles.TooMuch e) {
            throw noRoom(e);
        } catch (final MediaFiles.Refused e) {
            throw changedSince();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return noted(desk, was, format, durationMs).with("ETag", tag(digest));
    }

    private MediaFiles.Upload receive(final InputStream content) throws IOException {
        try {
            return files.receive(content, bytesMax, id -> all.find(KIND, id) != null);
        } catch (final MediaFiles.TooMuch e) {
            if (!e.isFull()) {
                throw tooLarge(e.getMessage());
            }
            throw noRoom(e).closing();
        }
    }

    private static ApiProblem noRoom(final MediaFiles.TooMuch full) {
        LOG.warn("upload refused: reason={}", full.getMessage());
        return new ApiProblem(507, full.getMessage()).mend("delete media that nothing needs any more");
    }

    /** Media of the same account, as far as its limit needs them. */
    private List<ResourceId> others(final StoredResource media) {
        final List<ResourceId> others = new ArrayList<>();
        if (accountBytesMax == Long.MAX_VALUE) {
            return others;
        }
        List<StoredResource> page;
        ResourceId last = null;
        do {
            page = all.list(KIND, media.resource().accountId(), last, PAGE);
            for (final StoredResource other : page) {
                last = other.resource().id();
                if (!last.equals(media.resource().id())) {
                    others.add(last);
                }
            }
        } while (page.size() == PAGE);
        return others;
    }

    private void demandRoom(final List<ResourceId> others, final long length) throws IOException {
        long taken = length;
        for (final ResourceId other : others) {
            taken += files.bytesOf(other);
        }
        if (taken > accountBytesMax) {
            throw new MediaFiles.TooMuch(
                    true, "there is no room for the content: account_limit_bytes=" + accountBytesMax);
        }
    }

    /** Tells the resource what its content is; a content whose resource has gone meanwhile goes as well. */
    private ApiAnswer noted(
            final TenantDesk desk, final StoredResource was, final AudioFormat format, final OptionalInt durationMs) {
        try {
            final StoredResource now = desk.edit(was, current -> {
                final ObjectNode fields = Json.stored(current.resource().json());
                fields.put("format", format.word());
                durationMs.ifPresent(ms -> fields.put("duration_ms", ms));
                return fields;
            });
            return ApiAnswer.json(200, NativeJson.of(now));
        } catch (final ApiProblem e) {
            if (e.status() == 404) {
                delete(was.resource().id());
            }
            throw e;
        }
    }

    /** Removes the content of a resource that was deleted. */
    public void delete(final ResourceId id) {
        try {
            files.delete(id);
        } catch (final IOException e) {
            LOG.warn("content of deleted media is left: id={} reason={}", id.prefixed(KIND), e.toString());
        }
    }

    private static AudioFormat format(final ApiRequest request) {
        return AudioFormat.ofMediaType(request.mediaType()).orElseThrow(() -> new ApiProblem(
                        415, "the media type is not taken here: content_type=" + request.mediaType())
                .mend("send " + String.join(" or ", AudioFormat.allMediaTypes()))
                .header("Accept", String.join(", ", AudioFormat.allMediaTypes()))
                .closing());
    }

    private static ApiProblem tooLarge(final String what) {
        return new ApiProblem(413, what)
                .mend("shorten it, or code it with fewer bits")
                .closing();
    }

    /** Refuses early what {@link #mayReplace} would refuse after the content was received. */
    private void demandTag(final String expected, final ResourceId id) {
        if (expected.isEmpty()) {
            return;
        }
        try {
            final Optional<MediaFiles.Content> found = files.find(id);
            if (found.isEmpty()) {
                throw changedSince();
            }
            try (MediaFiles.Content content = found.get()) {
                if (!mayReplace(expected, content.digest())) {
                    throw changedSince();
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean mayReplace(final String expected, final String digest) {
        return expected.isEmpty() || (!digest.isEmpty() && Preconditions.namesStrongly(expected, tag(digest)));
    }

    private static ApiProblem changedSince() {
        return new ApiProblem(412, "the content has changed since").mend("get it again and repeat the upload");
    }

    private static void demandFormat(final ApiRequest request, final AudioFormat format, final FileChannel content)
            throws IOException {
        if (AudioFormat.ofHead(head(content)).orElse(null) != format) {
            throw new ApiProblem(
                            400, "the content is not what its media type says: content_type=" + request.mediaType())
                    .mend("name the type that it has, or convert it");
        }
    }

    private static byte[] head(final FileChannel content) throws IOException {
        final ByteBuffer head = ByteBuffer.allocate(AudioFormat.HEAD_BYTES);
        while (head.hasRemaining() && content.read(head, head.position()) >= 0) {
            // until it is full or the content ends
        }
        return Arrays.copyOf(head.array(), head.position());
    }

    private static String tag(final String digest) {
        return '"' + digest + '"';
    }
}
