package io.tandem.routing.call;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs a class twice: as it is, and with a fresh core read from a snapshot after every turn in which anything happened. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "through snapshots: {0}")
@ValueSource(booleans = {false, true})
@interface AlsoThroughSnapshots {}
