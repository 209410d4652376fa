package io.tandem.perf.population;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a configuration as an import file: an account {@code platform} with a trunk {@code carrier} that brings calls and a trunk
 * {@code pbx} that takes them, and below it accounts with users, extensions, devices and numbers. The same size and addresses
 * always give the same bytes.
 *
 * <p>A user goes on to {@code pbx} while no device of it can be reached, and so do numbers that lead to no user, so that every
 * number can be called.
 */
public final class Population {
    /** The first number; the others follow it one by one. */
    public static final long FIRST_NUMBER = 12_000_000_000L;

    /** Where ranges of numbers begin that changes make. */
    static final long FIRST_OF_RANGES = 13_000_000_000L;

    /** The account above all others. */
    static final String PLATFORM = "platform";

    /** Its trunk that takes calls. */
    static final String PBX = "pbx";

    /** What the first user of each account dials as. */
    static final int FIRST_EXTENSION = 1000;

    private static final int WRITE_CHARS = 1 << 16;
    private static final String TO_PBX = "\"trunk\",\"%s_id\":\"name:pbx\"";
    private static final String NUMBER_TO_PBX = "\"dest_kind\":" + TO_PBX.formatted("dest");
    private static final String NOBODY_TO_PBX = "\"fwd_noanswer_kind\":" + TO_PBX.formatted("fwd_noanswer");
    static final String HASH = "\"ha1\":\"00000000000000000000000000000000\"";

    private final PopulationSize size;
    private final String carrier;
    private final String pbx;
    private final OutputStream out;
    private final StringBuilder text = new StringBuilder(2 * WRITE_CHARS);

    private Population(final PopulationSize size, final String carrier, final String pbx, final OutputStream out) {
        this.size = size;
        this.carrier = carrier;
        this.pbx = pbx;
        this.out = out;
    }

    /**
     * Writes one.
     *
     * @param carrier address block that calls come from.
     * @param pbx {@code address:port} that calls go to.
     */
    public static void write(final PopulationSize size, final String carrier, final String pbx, final OutputStream out)
            throws IOException {
        new Population(size, carrier, pbx, out).write();
    }

    private void write() throws IOException {
        line("accounts").append("\"name\":\"platform\",\"is_reseller\":1}\n");
        line("trunks")
                .append("\"account_id\":\"name:platform\",\"name\":\"carrier\",\"direction\":\"inbound\",\"acl\":[\"")
                .append(carrier)
                .append("\"]}\n");
        line("trunks")
                .append("\"account_id\":\"name:platform\",\"name\":\"pbx\",\"direction\":\"outbound\",\"proxy\":\"")
                .append(pbx)
                .append("\"}\n");
        for (int account = 0; account < size.accounts(); account++) {
            account(account);
            writeWhenFull(WRITE_CHARS);
        }
        writeWhenFull(0);
    }

    private void account(final int account) throws IOException {
        line("accounts").append("\"name\":\"a").append(account).append("\",\"parent_id\":\"name:platform\"}\n");
        final int firstUser = size.first(account, size.users());
        final int users = size.first(account + 1, size.users()) - firstUser;
        if (users > 0 && size.devices() > 0) {
            of("domains", account).append("\"domain\":\"a").append(account).append(".example.com\"}\n");
        }
        for (int i = 0; i < users; i++) {
            user(account, FIRST_EXTENSION + i);
            writeWhenFull(WRITE_CHARS);
        }
        final int firstNumber = size.first(account, size.numbers());
        final int endNumber = size.first(account + 1, size.numbers());
        for (int number = firstNumber; number < endNumber; number++) {
            of("numbers", account)
                    .append("\"e164\":\"")
                    .append(FIRST_NUMBER + number)
                    .append("\",");
            if (number - firstNumber < users) {
                text.append("\"dest_kind\":\"user\",\"dest_id\":\"name:u")
                        .append(FIRST_EXTENSION + number - firstNumber)
                        .append("\"}\n");
            } else {
                text.append(NUMBER_TO_PBX).append("}\n");
            }
            writeWhenFull(WRITE_CHARS);
        }
    }

    private void user(final int account, final int extension) {
        of("users", account)
                .append("\"username\":\"u")
                .append(extension)
                .append("\",")
                .append(NOBODY_TO_PBX)
                .append("}\n");
        of("extensions", account)
                .append("\"digits\":\"")
                .append(extension)
                .append("\",\"dest_kind\":\"user\",\"dest_id\":\"name:u")
                .append(extension)
                .append("\"}\n");
        for (int device = 0; device < size.devices(); device++) {
            of("devices", account)
                    .append("\"user_id\":\"name:u")
                    .append(extension)
                    .append("\",\"auth_username\":\"u")
                    .append(extension)
                    .append('-')
                    .append(device)
                    .append("\",\"realm\":\"a")
                    .append(account)
                    .append(".example.com\",")
                    .append(HASH)
                    .append("}\n");
        }
    }

    private StringBuilder line(final String collection) {
        return text.append("{\"resource\":\"").append(collection).append("\",");
    }

    private StringBuilder of(final String collection, final int account) {
        return line(collection)
                .append("\"account_id\":\"name:a")
                .append(account)
                .append("\",");
    }

    private void writeWhenFull(final int chars) throws IOException {
        if (text.length() > chars) {
            out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
            text.setLength(0);
        }
    }
}
