//! The second wish: of all allocations that fill these seats, one that loses the fewest places.
//!
//! A flow of least cost from benches, each giving exactly as many people as it has seats filled, to people, each on so
//! many lists at most. What a person costs says where they stand on the list.

use ac_library::MinCostFlowGraph;

use super::desk::{Cost, Desk, Taken};

/// Who takes which seat, places lost being fewest.
pub(super) fn fewest(desk: &Desk<'_>, counts: &[usize]) -> Taken {
    let (benches, people) = (desk.benches.len(), desk.people.len());
    let (source, sink) = (benches + people, benches + people + 1);
    let number = |n: usize| Cost::try_from(n).expect("counts of seats are small");
    let mut graph = MinCostFlowGraph::<Cost>::new(benches + people + 2);
    let mut edges = Vec::new();
    for (at, bench) in desk.benches.iter().enumerate().filter(|(at, _)| counts[*at] > 0) {
        graph.add_edge(source, at, number(counts[at]), 0);
        for &(person, cost) in &bench.people {
            edges.push((graph.add_edge(at, benches + person, 1, cost), at, person));
        }
    }
    for (at, person) in desk.people.iter().enumerate() {
        graph.add_edge(benches + at, sink, number(person.free), 0);
    }
    let wanted = number(counts.iter().sum());
    let (flow, _) = graph.flow(source, sink, wanted);
    debug_assert_eq!(flow, wanted, "these seats can be filled at once");
    let mut taken: Taken = vec![Default::default(); benches];
    for (edge, bench, person) in edges {
        if graph.get_edge(edge).flow == 1 {
            taken[bench].insert(person);
        }
    }
    taken
}
