package io.tandem.routing.policy;

import com.maxmind.db.CHMCache;
import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import io.tandem.routing.number.Country;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Reads a file in the MaxMind database format that gives countries of addresses: {@code country.iso_code} of each network, and
 * {@code registered_country.iso_code} where that is missing. The whole file is read once; whatever is wrong with it is said in
 * one sentence. Not for the core's thread.
 */
public final class AddressCountriesFile {
    /** Largest file. */
    public static final long BYTES_MAX = 512L << 20;

    /** Most ranges of one family that a file may make; country files have some hundred thousand. */
    public static final int RANGES_MAX = 4_000_000;

    private AddressCountriesFile() {}

    /**
     * Reads one.
     *
     * @throws IOException saying what is wrong with the file, in one sentence that names it.
     */
    public static AddressCountries read(final Path file) throws IOException {
        return read(file, bytes(file));
    }

    /**
     * The bytes of a file, for {@link #read(Path, byte[])}.
     *
     * @throws IOException when it is not there, too large, or cannot be read, in one sentence that names it.
     */
    public static byte[] bytes(final Path file) throws IOException {
        final long size;
        try {
            size = Files.size(file);
            if (size <= BYTES_MAX) {
                return Files.readAllBytes(file);
            }
        } catch (final NoSuchFileException e) {
            throw refused(file, "does not exist", e);
        } catch (final AccessDeniedException e) {
            throw refused(file, "may not be read by this user", e);
        } catch (final IOException e) {
            throw refused(file, "cannot be read: " + e.getMessage(), e);
        }
        throw refused(file, "is too large: bytes=" + size + " most=" + BYTES_MAX, null);
    }

    /**
     * The countries that a file's bytes tell.
     *
     * @param file names them in sentences.
     * @throws IOException as {@link #read(Path)}.
     */
    public static AddressCountries read(final Path file, final byte[] bytes) throws IOException {
        final AddressRanges ipv4 = AddressRanges.ipv4(RANGES_MAX);
        final AddressRanges ipv6 = AddressRanges.ipv6(RANGES_MAX);
        final long builtSec;
        try (Reader reader = new Reader(new ByteArrayInputStream(bytes), new CHMCache())) {
            builtSec = reader.getMetadata().buildEpoch().longValue();
            @SuppressWarnings("rawtypes")
            final Networks<Map> networks = reader.networks(Map.class);
            while (networks.hasNext()) {
                if (!add(networks.next(), ipv4, ipv6)) {
                    throw refused(
                            file, "has overlapping networks, or more than " + RANGES_MAX + " ranges of a family", null);
                }
            }
        } catch (final IOException | InvalidNetworkException | RuntimeException e) {
            if (e instanceof Refused refused) {
                throw refused;
            }
            throw refused(file, "is no sound MaxMind database: " + e.getMessage(), e);
        }
        if (ipv4.count() + ipv6.count() == 0) {
            throw refused(file, "gives no country for any address: a country or city database is needed", null);
        }
        return new AddressCountries(
                new CountriesVersion(digest(bytes), builtSec),
                ipv4.ipv4Starts(),
                ipv4.countries(),
                ipv6.highs(),
                ipv6.lows(),
                ipv6.countries());
    }

    private static boolean add(
            @SuppressWarnings("rawtypes") final DatabaseRecord<Map> record,
            final AddressRanges ipv4,
            final AddressRanges ipv6) {
        final int country = country(record.data());
        final InetAddress network = record.network().networkAddress();
        final int prefix = record.network().prefixLength();
        if (country == Country.NONE) {
            return true;
        }
        if (network instanceof Inet4Address) {
            final long address = ByteBuffer.wrap(network.getAddress()).getInt() & 0xffffffffL;
            return ipv4.add(0, 0xffff_0000_0000L | address, prefix + 96, country);
        }
        final ByteBuffer address = ByteBuffer.wrap(network.getAddress());
        final long high = address.getLong();
        final long low = address.getLong();
        // IPv4 networks of an IPv6 tree lie below 2^32
        final boolean belowIpv4 = high == 0 && low >>> 32 == 0 && prefix >= 96;
        return belowIpv4
                ? ipv4.add(0, 0xffff_0000_0000L | low, prefix, country)
                : ipv6.add(high, low, prefix, country);
    }

    private static int country(final Map<?, ?> data) {
        final int country = isoCode(data == null ? null : data.get("country"));
        return country != Country.NONE ? country : isoCode(data == null ? null : data.get("registered_country"));
    }

    private static int isoCode(final Object country) {
        return country instanceof Map<?, ?> map && map.get("iso_code") instanceof String code
                ? Country.parse(code)
                : Country.NONE;
    }

    private static String digest(final byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("digest missing from this JDK: name=SHA-256", e);
        }
    }

    private static Refused refused(final Path file, final String why, final Exception cause) {
        return new Refused("country file refused: file=" + file + " " + why, cause);
    }

    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(final String message, final Exception cause) {
            super(message, cause);
        }
    }
}
