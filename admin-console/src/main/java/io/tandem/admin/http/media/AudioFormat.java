package io.tandem.admin.http.media;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Formats of sound that are taken. A content is told by how it begins, whatever its sender calls it. */
public enum AudioFormat {
    /** RIFF WAVE, of any coding. */
    WAV("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"),
    /** MPEG audio, with an ID3 tag before it or without. */
    MP3("audio/mpeg", "audio/mp3"),
    /** Ogg, of any coding. */
    OGG("audio/ogg", "application/ogg");

    /** Bytes at the beginning of a content that tell its format. */
    static final int HEAD_BYTES = 12;

    private static final int FRAME_SYNC = 0xffe0;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of texts
    private final List<String> mediaTypes;

    AudioFormat(final String... mediaTypes) {
        this.mediaTypes = List.of(mediaTypes);
    }

    /** How a resource's {@code format} spells it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The media type that answers bear. */
    public String mediaType() {
        return mediaTypes.getFirst();
    }

    /** The media types that answers bear, of all formats. */
    public static List<String> allMediaTypes() {
        return Arrays.stream(values()).map(AudioFormat::mediaType).toList();
    }

    /** The format of a media type in lower case, without parameters. */
    static Optional<AudioFormat> ofMediaType(final String mediaType) {
        return Arrays.stream(values())
                .filter(format -> format.mediaTypes.contains(mediaType))
                .findFirst();
    }

    /** The format of a content by its first {@link #HEAD_BYTES} bytes, or fewer if it has no more. */
    static Optional<AudioFormat> ofHead(final byte[] head) {
        return Arrays.stream(values()).filter(format -> format.begins(head)).findFirst();
    }

    private boolean begins(final byte[] head) {
        return switch (this) {
            case WAV -> has(head, 0, "RIFF") && has(head, 8, "WAVE");
            case MP3 -> has(head, 0, "ID3") || isFrame(head);
            case OGG -> has(head, 0, "OggS");
        };
    }

    private static boolean isFrame(final byte[] head) {
        return head.length > 1 && ((((head[0] & 0xff) << 8) | (head[1] & 0xff)) & FRAME_SYNC) == FRAME_SYNC;
    }

    private static boolean has(final byte[] head, final int at, final String word) {
        if (head.length < at + word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (head[at + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
