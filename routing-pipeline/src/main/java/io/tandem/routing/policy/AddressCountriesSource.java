package io.tandem.routing.policy;

/** Finds the file of source countries that a journal names. */
@FunctionalInterface
public interface AddressCountriesSource {
    /** Knows no file. */
    AddressCountriesSource NONE = version -> AddressCountries.NONE;

    /**
     * The countries of that version, or {@link AddressCountries#NONE} when its file is not at hand. May read a file.
     */
    AddressCountries open(CountriesVersion version);
}
