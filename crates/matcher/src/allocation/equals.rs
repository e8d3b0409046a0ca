//! The third wish: of all allocations that lose equally few places, the one that comes first.
//!
//! Two allocations of least cost differ by cycles that cost nothing. With potentials under which no move costs less than
//! nothing, such a cycle is made of moves that cost exactly nothing. So each seat, in the order of lists and people, is
//! asked: can this person take it by such a cycle, with all that was settled before left alone? If so, it is done; in any
//! case it is settled.

use super::desk::{Cost, Desk, Taken};

/// Moves people round cycles that cost nothing, until the allocation is the first of all that are as good.
pub(super) fn settle(desk: &Desk<'_>, taken: &mut Taken) {
    let mut moves = Moves::new(desk, taken);
    for list in 0..desk.order.len() {
        // The three benches of a list hold different people: its people in the order of their numbers.
        let benches = list * 3..list * 3 + 3;
        let mut seats: Vec<(usize, usize)> = benches
            .flat_map(|bench| desk.benches[bench].people.iter().map(move |(person, _)| (*person, bench)))
            .collect();
        seats.sort_unstable();
        for (person, bench) in seats {
            moves.settle(bench, person);
        }
    }
}

/// A node of the graph of moves: a bench, a person, or the pool of people who could stand on one list more.
type Node = usize;

struct Moves<'a> {
    desk: &'a Desk<'a>,
    taken: &'a mut Taken,
    /// Benches that each person sits on.
    holders: Vec<Vec<usize>>,
    /// For each person the benches that they could sit on, with what that costs.
    could: Vec<Vec<(usize, Cost)>>,
    /// A price of each node under which no move costs less than nothing.
    prices: Vec<Cost>,
    /// Seats that are settled as taken, bench by bench.
    settled: Taken,
}

impl<'a> Moves<'a> {
    fn new(desk: &'a Desk<'a>, taken: &'a mut Taken) -> Self {
        let mut holders = vec![Vec::new(); desk.people.len()];
        let mut could = vec![Vec::new(); desk.people.len()];
        for (at, bench) in desk.benches.iter().enumerate() {
            for &(person, cost) in &bench.people {
                could[person].push((at, cost));
            }
            for &person in &taken[at] {
                holders[person].push(at);
            }
        }
        let settled = vec![Default::default(); desk.benches.len()];
        let mut moves = Self { desk, taken, holders, could, prices: Vec::new(), settled };
        moves.price();
        moves
    }

    fn person(&self, person: usize) -> Node {
        self.desk.benches.len() + person
    }

    fn pool(&self) -> Node {
        self.desk.benches.len() + self.desk.people.len()
    }

    /// Every move from a node, with what it costs: a bench takes a person, a person leaves a bench, a person takes up
    /// what is free of theirs from the pool, or gives it back.
    fn each_move(&self, node: Node, mut found: impl FnMut(Node, Cost)) {
        let benches = self.desk.benches.len();
        if node < benches {
            for &(person, cost) in &self.desk.benches[node].people {
                if !self.taken[node].contains(&person) {
                    found(self.person(person), cost);
                }
            }
        } else if node < self.pool() {
            let person = node - benches;
            for &bench in &self.holders[person] {
                let at = self.could[person].binary_search_by_key(&bench, |(bench, _)| *bench);
                let (_, cost) = self.could[person][at.expect("whoever sits on a bench could")];
                found(bench, -cost);
            }
            if self.holders[person].len() < self.desk.people[person].free {
                found(self.pool(), 0);
            }
        } else {
            for person in 0..self.desk.people.len() {
                if !self.holders[person].is_empty() {
                    found(self.person(person), 0);
                }
            }
        }
    }

    /// Shortest ways from anywhere (Bellman and Ford, with a queue). They end, because an allocation of least cost has no
    /// cycle of moves that costs less than nothing.
    fn price(&mut self) {
        let nodes = self.pool() + 1;
        let mut prices = vec![0; nodes];
        let mut queue: std::collections::VecDeque<Node> = (0..nodes).collect();
        let mut waits = vec![true; nodes];
        while let Some(node) = queue.pop_front() {
            waits[node] = false;
            let own = prices[node];
            self.each_move(node, |to, cost| {
                if own + cost < prices[to] {
                    prices[to] = own + cost;
                    if !waits[to] {
                        waits[to] = true;
                        queue.push_back(to);
                    }
                }
            });
        }
        self.prices = prices;
    }

    /// Settles whether a person takes a seat of a bench.
    fn settle(&mut self, bench: usize, person: usize) {
        if self.taken[bench].contains(&person) {
            self.settled[bench].insert(person);
            return;
        }
        // Somebody has to give way whose seat is not settled.
        if self.taken[bench].len() == self.settled[bench].len() {
            return;
        }
        let start = self.person(person);
        let at = self.could[person].binary_search_by_key(&bench, |(bench, _)| *bench);
        let (_, cost) = self.could[person][at.expect("only people who could are asked")];
        if self.prices[bench] + cost != self.prices[start] {
            return;
        }
        if let Some(way) = self.way(start, bench) {
            self.go(&way);
            self.take(bench, person);
            self.settled[bench].insert(person);
        }
    }

    /// A way from a person to a bench by moves that cost nothing and leave alone what is settled; nodes in order.
    fn way(&self, start: Node, end: Node) -> Option<Vec<Node>> {
        let benches = self.desk.benches.len();
        let mut before: Vec<Option<Node>> = vec![None; self.pool() + 1];
        let mut queue = vec![start];
        let mut next = 0;
        while let Some(&node) = queue.get(next) {
            next += 1;
            if node == end {
                let mut way = vec![end];
                while let Some(node) = before[way[way.len() - 1]].filter(|_| way[way.len() - 1] != start) {
                    way.push(node);
                }
                way.reverse();
                return Some(way);
            }
            self.each_move(node, |to, cost| {
                let is_free = self.prices[node] + cost == self.prices[to];
                let is_settled =
                    node >= benches && to < benches && self.settled[to].contains(&(node - benches));
                if is_free && !is_settled && to != start && before[to].is_none() {
                    before[to] = Some(node);
                    queue.push(to);
                }
            });
        }
        None
    }

    fn go(&mut self, way: &[Node]) {
        let benches = self.desk.benches.len();
        for step in way.windows(2) {
            match (step[0] < benches, step[1] < benches) {
                (true, false) => self.take(step[0], step[1] - benches),
                (false, true) => {
                    let (person, bench) = (step[0] - benches, step[1]);
                    self.taken[bench].remove(&person);
                    self.holders[person].retain(|holder| *holder != bench);
                }
                // To the pool or from it: nobody moves.
                _ => {}
            }
        }
    }

    fn take(&mut self, bench: usize, person: usize) {
        self.taken[bench].insert(person);
        self.holders[person].push(bench);
    }
}
