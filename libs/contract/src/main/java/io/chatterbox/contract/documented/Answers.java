package io.chatterbox.contract.documented;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How a REST call is answered, where the Java type of its method does not say it.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Answers {

  int status() default 200;

  /// Another status with the same answer; 0: none.
  int orStatus() default 0;

  /// The name of the shape of `data`.
  String shape() default "";

  /// Whether there may be a `message` instead of `data`.
  boolean orMessage() default false;

  /// Whether the answer stands bare, without the envelope.
  boolean bare() default false;

  /// What is answered, if it is no JSON.
  String mediaType() default "";
}
