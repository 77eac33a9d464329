package io.chatterbox.contract.documented;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The form of a value, as far as its Java type does not say it. It checks nothing: what is written
/// here is what the constructor of the record, or the handler, insists on.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Shape {

  /// Its name in the documents. Alone, on a component: it looks like what has this name.
  String name() default "";

  /// Fewest characters or entries, or the smallest number; -1: as usual.
  long least() default -1;

  /// Most characters (Unicode code points) or entries, or the largest number; -1: no limit.
  long most() default -1;

  /// The setting that `most` is the default of.
  String setting() default "";

  /// A regular expression for the whole text.
  String pattern() default "";

  /// The only values.
  String[] oneOf() default {};

  /// Exactly one of these components is there (on a record).
  String[] either() default {};

  /// Clients may leave it out, although the component is never `null`.
  boolean optional() default false;

  /// Clients may not leave it out, although the component may be `null`.
  boolean required() default false;
}
