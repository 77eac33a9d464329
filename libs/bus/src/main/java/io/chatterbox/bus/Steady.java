package io.chatterbox.bus;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/// A clock that never jumps, for whoever only measures how long something takes: it went right when
/// the process began, and is never set since.
@Qualifier
@Retention(RUNTIME)
@Target({METHOD, PARAMETER})
public @interface Steady {}
