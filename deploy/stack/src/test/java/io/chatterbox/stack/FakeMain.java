package io.chatterbox.stack;

import java.util.List;

/// The supervisor as the launcher runs it, with fake services.
final class FakeMain {
  private FakeMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Main main = new Main(root -> FakeService.kinds(), System.getenv(), System.out, System.err);
    System.exit(main.run(List.of(arguments)));
  }
}
