//! Negations, wishes, and where they end.

use super::{all_told, find, find_as, told, told_of};
use crate::mention::{StanceReason, TextKind};

#[test]
fn negations_reach_through_their_list() {
    all_told(&[
        ("No experience with Java, C# or PHP.", "java- csharp- php-"),
        ("I never used Java.", "java-"),
        ("not familiar with Kotlin", "kotlin-"),
        ("APIs without Java", "api-development java-"),
        ("I haven't worked with Docker", "docker-"),
        ("have not yet worked with Docker or Kubernetes", "docker- kubernetes-"),
        ("no professional hands-on experience in Java", "java-"),
        ("no experience with Java frameworks, especially Hibernate", "java- hibernate-"),
        ("lack of Java knowledge", "java-"),
        ("I don't know PHP", "php-"),
        ("not a Java developer", "java-"),
        ("Keine Erfahrung mit Java oder PHP", "java- php-"),
        ("habe noch nie mit Java gearbeitet", "java-"),
        ("sans expérience en PHP", "php-"),
        ("sin experiencia con Java ni PHP", "java- php-"),
        ("Java: none, Python: yes", "java- python"),
        ("Java (no experience), Python", "java- python"),
        ("Java - never used", "java-"),
    ]);
}

#[test]
fn what_denies_a_skill_in_a_list_denies_it_in_text() {
    all_told(&[
        ("Rust (0 years)", "rust-"),
        ("Rust: 0 Jahre", "rust-"),
        ("Redis: 0", "redis-"),
        ("| React | 0 |", "react-"),
        ("| Kotlin | nein |", "kotlin-"),
        ("PHP: nein, Kotlin: 3 years", "php- kotlin!3.0y"),
        ("Java : non", "java-"),
        ("Java: nie benutzt, Kotlin: 0/5", "java- kotlin-"),
        ("0 years of Rust, 5 years of Java", "rust- java!5.0y"),
        ("Redis: 0.5 years, Kotlin: 0-2 years", "redis!0.5y kotlin"),
        ("[ ] Django", "django-"),
        ("☐ Vue ☑ Kotlin", "vue- kotlin"),
        ("✗ Angular", "angular-"),
        ("Kubernetes ✘", "kubernetes-"),
        ("Java ✗ PHP ✗ Kotlin", "java- php- kotlin"),
        ("| Java | ✗ |", "java-"),
        ("Scala ☆☆☆☆☆", "scala-"),
        ("Java ★★★☆☆", "java"),
        ("Skills: [x] Java [ ] PHP [x] Kotlin", "java php- kotlin"),
        ("[x] Java [ ] PHP", "java php-"),
        ("Languages: ✓ Java ✓ Kotlin ✗ PHP", "java kotlin php-"),
        (
            "Backend: ✓ Java ✗ PHP. Frontend: ✓ Angular ✗ Django",
            "back-end-development java php- front-end-development angular django-",
        ),
        ("• Java ✗", "java-"),
        ("Java: ★★★★★, PHP: ☆☆☆☆☆, Kotlin: ★★", "java php- kotlin"),
        ("Java: ✔, PHP: ✘, Kotlin: ✔", "java php- kotlin"),
        ("Docker: ✓ Kubernetes: ✗", "docker kubernetes-"),
        ("●●●●○ Java ○○○○○ Kotlin", "java kotlin-"),
        ("Java ●●●●○ Kotlin ○○○○○", "java kotlin-"),
        ("Java: sehr gut, PHP: gar nicht", "java php-"),
        ("Java 2 yrs, PHP none, Kotlin 1 yr", "java!2.0y php- kotlin!1.0y"),
        ("Java: No. 1 skill", "java"),
        ("Java (no. 1), Python (no. 2)", "java python"),
        ("nicht: Java, COBOL", "java- cobol-"),
        ("Keine: COBOL", "cobol-"),
    ]);
    assert_eq!(told_of(&find_as("☐ Java", TextKind::JobAd)), "java");
}

#[test]
fn denials_and_wishes_stand_behind_what_they_speak_of() {
    all_told(&[
        ("PHP? Never touched it. Java", "php- java"),
        ("Angular ? Jamais.", "angular-"),
        ("PHP? No problem.", "php"),
        ("PHP? Never a problem.", "php"),
        ("Docker I have never used.", "docker-"),
        ("Docker habe ich nie benutzt.", "docker-"),
        ("Kubernetes kenne ich nicht, Docker schon", "kubernetes- docker"),
        ("Mit Terraform habe ich noch nicht gearbeitet.", "terraform-"),
        ("Ansible würde ich gern lernen.", "ansible?"),
        ("PHP, je ne connais pas.", "php-"),
        ("Docker no lo he usado nunca.", "docker-"),
        ("Docker heb ik nooit gebruikt.", "docker-"),
        ("PHP nie znam.", "php-"),
        ("Java beherrsche ich sehr gut, PHP nicht.", "java php-"),
        ("Java kann ich, PHP kann ich nicht.", "java php-"),
        ("Java ken ik goed, PHP ken ik niet.", "java php-"),
        ("Znam Java i Python, PHP nie znam.", "java python php-"),
        ("Docker nie genutzt, Kubernetes schon.", "docker- kubernetes"),
        ("PHP is a language I have not used.", "php-"),
        ("None of these: PHP, Perl.", "php- perl-"),
        ("Docker habe ich nicht nur benutzt", "docker"),
        ("Java, I never had problems.", "java"),
        ("Java, I have never used PHP.", "java php-"),
    ]);
}

#[test]
fn what_is_left_out_of_all_is_negated() {
    all_told(&[
        ("I have yet to try Terraform.", "terraform-"),
        ("Basic Flask, none of FastAPI.", "flask fastapi-"),
        ("None of the Java services failed", "java"),
        ("Everything except Java.", "java-"),
        ("Any language but COBOL.", "cobol-"),
        ("Alles außer Java", "java-"),
        ("Non-Java engineer, Kotlin", "java- kotlin"),
        ("I never use anything except Java.", "java"),
        ("Nothing except Java", "java"),
        ("Ich kann nichts außer Java", "java"),
        ("brak doświadczenia z PHP", "php-"),
    ]);
}

#[test]
fn negations_end_where_they_are_meant_to() {
    all_told(&[
        ("No Java, but Kotlin", "java- kotlin"),
        ("No Java; Kotlin", "java- kotlin"),
        ("No Java. Kotlin.", "java- kotlin"),
        ("not familiar with Java but Kotlin", "java- kotlin"),
        ("keine Erfahrung mit Java, aber mit Kotlin", "java- kotlin"),
        ("Not only Java but also Kotlin", "java kotlin"),
        ("not just Java, Kotlin too", "java kotlin"),
        ("no nonsense engineer with Java", "java"),
        ("No problem with Java", "java"),
        ("never stopped learning while Java changed", "java"),
        ("No experience with Java and I use Python daily", "java- python!"),
        ("never used Java in production, Python is my main language", "java- python"),
        ("no experience with Java, used Python daily", "java- python!"),
        ("I no longer use Java", "java!"),
        ("Not available before May; Java", "java"),
        ("Java (no Laravel), Python", "java laravel- python"),
        ("No experience with Java (Laravel), Python", "java- laravel- python-"),
        ("React (no Redux), TypeScript", "react redux- typescript"),
        ("React (no Redux)", "react redux-"),
        ("Go (without Java), Rust", "go java- rust"),
        ("Please react (no Java)", "java-"),
    ]);
}

#[test]
fn praise_that_sounds_like_a_denial_is_none() {
    all_told(&[
        ("I don't just know Java", "java"),
        ("I can't live without Django.", "django"),
        ("couldn't do without Docker", "docker"),
        ("Can't imagine working without Python", "python"),
        ("Never without Docker.", "docker"),
        ("Nie ohne Docker.", "docker"),
    ]);
}

#[test]
fn wishes_are_kept_as_wishes() {
    all_told(&[
        ("Willing to learn Django", "django?"),
        ("I would like to work with Rust", "rust?"),
        ("interested in Go", "go?"),
        ("keen to learn Kotlin and Scala", "kotlin? scala?"),
        ("eager to pick up Docker", "docker?"),
        ("want to move into Kotlin", "kotlin?"),
        ("Ich möchte Rust lernen", "rust?"),
        ("würde gern mit Kotlin arbeiten", "kotlin?"),
        ("je souhaite apprendre Django", "django?"),
        ("me gustaría aprender Django", "django?"),
        ("Rust (want to learn), Java", "rust? java"),
        ("currently learning Kotlin", "kotlin?"),
        ("interested in Kotlin, but experienced in Java", "kotlin? java"),
        ("I want to use my 5 years of Java experience", "java!5.0y"),
    ]);
}

#[test]
fn posts_that_are_sought_are_wishes_but_in_advertisements() {
    all_told(&[
        ("Looking for a Django role", "django?"),
        ("Applied for the Java position. Strong in Kotlin.", "java? kotlin"),
        ("Interviewed for the React team, knows Vue.js well", "react? vue"),
        ("rejected for Java", "java?"),
        ("Auf der Suche nach einer Stelle als Java-Entwickler", "java?"),
        ("Seeking a position as Kotlin developer; 5 years of Java.", "kotlin? java!5.0y"),
        ("Django developer looking for a new challenge", "django"),
        ("Django, open to relocation. Kotlin", "django kotlin"),
        ("A Django application for Kafka", "django kafka"),
    ]);
    assert_eq!(told_of(&find_as("We are looking for a Java developer", TextKind::JobAd)), "java");
}

#[test]
fn a_wish_that_is_denied_is_none() {
    all_told(&[
        ("not interested in PHP", "php-"),
        ("I don't want to work with Java", "java-"),
        ("No Java. Keen to learn Kotlin", "java- kotlin?"),
    ]);
}

#[test]
fn nice_to_have_counts_in_advertisements_alone() {
    let ad = |text: &str| told_of(&find_as(text, TextKind::JobAd));
    assert_eq!(ad("Java required, Kotlin is a plus"), "java kotlin?");
    assert_eq!(ad("Nice to have: Docker, Kubernetes"), "docker? kubernetes?");
    assert_eq!(ad("Nice to have:\n- Docker\n- Kubernetes\n\nSkills:\n- Java"), "docker? kubernetes? java");
    assert_eq!(told("Kotlin is a plus"), "kotlin");
}

#[test]
fn the_reason_names_the_rule() {
    let reason = |text: &str| find(text)[0].reason.stance;
    assert_eq!(reason("Django"), StanceReason::Plain);
    assert_eq!(reason("no Django"), StanceReason::Negation);
    assert_eq!(reason("Django: none"), StanceReason::NegationAfter);
    assert_eq!(reason("keen to learn Django"), StanceReason::Wish);
    assert_eq!(reason("Django (learning)"), StanceReason::WishAfter);
    assert_eq!(find_as("Django a plus", TextKind::JobAd)[0].reason.stance, StanceReason::NiceToHave);
}
