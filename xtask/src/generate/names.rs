//! What people, towns and employers are called: invented syllables, so that nobody is taken for somebody who exists.

use super::random::Stream;

const FIRST_STARTS: [&str; 16] =
    ["Al", "Be", "Ca", "Do", "El", "Fi", "Gu", "He", "Ir", "Jo", "Ka", "Lu", "Mi", "No", "Ro", "Ta"];
const FIRST_ENDS: [&str; 14] =
    ["bin", "dra", "lio", "mena", "nor", "ran", "rik", "sa", "sten", "ta", "vin", "wen", "xa", "zel"];
const LAST_STARTS: [&str; 18] = [
    "Arn", "Bol", "Chal", "Dorn", "Elv", "Far", "Grim", "Hol", "Ist", "Kel", "Lind", "Marl", "Nord", "Orl",
    "Pern", "Quil", "Rav", "Sund",
];
const LAST_MIDDLES: [&str; 8] = ["a", "e", "i", "o", "en", "er", "in", "or"];
const LAST_ENDS: [&str; 12] =
    ["bach", "dal", "feld", "gard", "holm", "ker", "lund", "mark", "sen", "ström", "vik", "wald"];
const TOWN_STARTS: [&str; 20] = [
    "Alder", "Birk", "Castel", "Dun", "Esker", "Fen", "Gal", "Hazel", "Ing", "Kirk", "Lang", "Mill",
    "Nether", "Oak", "Port", "Ren", "Stone", "Thorn", "Up", "Wester",
];
const TOWN_ENDS: [&str; 10] =
    ["bruck", "burg", "bury", "field", "ham", "haven", "mouth", "stad", "ton", "wick"];
const FIRM_ENDS: [&str; 6] = ["Ltd", "GmbH", "Group", "Partners", "AB", "and Sons"];

/// A person's name.
pub(super) fn person(stream: &mut Stream) -> (String, String) {
    let first = format!("{}{}", stream.one_of(&FIRST_STARTS), stream.one_of(&FIRST_ENDS));
    (first, last(stream))
}

/// A town; in no country in particular.
pub(super) fn town(stream: &mut Stream) -> String {
    format!("{}{}", stream.one_of(&TOWN_STARTS), stream.one_of(&TOWN_ENDS))
}

/// An employer.
pub(super) fn employer(stream: &mut Stream) -> String {
    format!("{} {}", last(stream), stream.one_of(&FIRM_ENDS))
}

fn last(stream: &mut Stream) -> String {
    format!("{}{}{}", stream.one_of(&LAST_STARTS), stream.one_of(&LAST_MIDDLES), stream.one_of(&LAST_ENDS))
}
