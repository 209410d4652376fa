package io.tandem.admin.command;

/** What an argument means; decides how it is completed and how the reference describes it. */
enum ArgumentKind {
    CALL_ID("our id of a call, or the Call-ID of either side"),
    CHANGE("the word `change`"),
    COLLECTION("collection of resources, such as `numbers`"),
    COMMAND("name of a command"),
    COUNT("whole number, at least 1"),
    COUNTER("beginning of counter names"),
    DAYS("number of days, such as `30d`"),
    DIMENSION("dimension of admission, as `cac` lists them"),
    FILE("path of a file as the appliance sees it; quote it when it has spaces"),
    IP_ADDRESS("IPv4 or IPv6 address"),
    OFF("the word `off`"),
    PHONE_NUMBER("phone number as it would be signalled"),
    RESOURCE("identifier of a resource, or `name:` and a name that only one resource of the collection has"),
    REVISION("number of a revision, as `revisions` lists them"),
    SHOWN("the word `schedule`"),
    TEXT("text, upper and lower case alike; quote it when it has spaces"),
    TIME("ISO 8601, such as `2026-12-25T17:30:00Z`, `2026-12-25T17:30+01:00`, or without a zone for UTC");

    private final String meaning;

    ArgumentKind(String meaning) {
        this.meaning = meaning;
    }

    String meaning() {
        return meaning;
    }

    /** The only word that such an argument may be; empty when it may be others. */
    String word() {
        return switch (this) {
            case CHANGE -> "change";
            case OFF -> "off";
            default -> "";
        };
    }
}
