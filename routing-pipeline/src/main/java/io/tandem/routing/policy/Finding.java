package io.tandem.routing.policy;

/** What became of one rule when a call was decided: for explanations, which name every rule that was looked at. */
public enum Finding {
    /** It decided. */
    DECIDES("decides"),
    /** A route that is tried, in the order in which they are told. */
    CANDIDATE("candidate"),
    /** It applies, and lets the call pass. */
    PASSES("lets the call pass"),
    /** It applies, but another rule that comes before it decided. */
    COMES_LATER("another rule comes first"),
    /** It applies and is exceeded, but only warns. */
    WARNS("exceeded, and only warns"),
    /** It is about calls of the other direction. */
    OTHER_DIRECTION("for the other direction"),
    /** It is about other numbers. */
    OTHER_NUMBER("for other numbers"),
    /** It is about another country. */
    OTHER_COUNTRY("for another country"),
    /** It is about other addresses. */
    OTHER_ADDRESS("for other addresses"),
    /** The trunk it leads to takes no calls now, or is not the account's to use. */
    TRUNK_UNUSABLE("its trunk cannot be used"),
    /** The trunk it leads to is a candidate already. */
    TRUNK_REPEATED("its trunk is a candidate already"),
    /** There are as many candidates as are tried. */
    TOO_MANY("enough candidates before it"),
    /** The number it shows is not the account's. */
    NUMBER_NOT_OWNED("its number is not the account's to show"),
    /** A transform that rewrites the number. */
    REWRITES("rewrites the number"),
    /** A transform that rewrites the number and ends the chain. */
    REWRITES_LAST("rewrites the number, and is the last"),
    /** A transform whose expression does not match the number. */
    NOT_MATCHED("does not match");

    private final String text;

    Finding(final String text) {
        this.text = text;
    }

    /** In words. */
    public String text() {
        return text;
    }
}
