package io.chatterbox.chat.members;

import io.chatterbox.chat.people.People;
import io.chatterbox.contract.ChatCommand.Person;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The people whom somebody names to bring them into a group.
@Singleton
class Invited {
  private static final int LONGEST_ID = 100;

  private final People people;
  private final GroupForm form;

  Invited(People people, GroupForm form) {
    this.people = people;
    this.form = form;
  }

  /// The ids, each once.
  ///
  /// @throws Refusal `VALIDATION_ERROR` for none, too many, and what is no id
  List<String> ids(@Nullable List<@Nullable String> asked, String field) {
    Set<String> ids = new LinkedHashSet<>();
    for (String id : asked == null ? List.<@Nullable String>of() : asked) {
      if (id == null || id.isEmpty()) {
        throw Refusal.invalid(field + " must not hold null or empty texts.");
      }
      ids.add(id);
    }
    if (ids.isEmpty()) {
      throw Refusal.invalid(field + " must not be empty.");
    }
    form.checkSize(ids.size());
    return List.copyOf(ids);
  }

  void checkForm(String name, @Nullable String description) {
    form.checkName(name);
    form.checkDescription(description);
  }

  /// These people, in the same order.
  ///
  /// @throws Refusal `NOT_FOUND` when one does not exist, `UNAVAILABLE` when that is not known
  List<Person> find(List<String> ids) {
    if (ids.stream().anyMatch(id -> id.indexOf(',') >= 0 || id.length() > LONGEST_ID)) {
      throw unknown();
    }
    Map<String, Person> found = people.find(ids);
    List<Person> all = new ArrayList<>();
    for (String id : ids) {
      Person person = found.get(id);
      if (person == null) {
        throw unknown();
      }
      all.add(person);
    }
    return all;
  }

  private static Refusal unknown() {
    return Refusal.notFound("There is no such user.");
  }
}
