//! PostgreSQL: a server of its own in the build's folder, on a private socket, asked by its own client.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::measured::{self, Measured};
use super::python::Task;

/// The forms, each a script of the client in `xtask/peers`.
const FORMS: [(&str, &str); 2] = [("natural", "natural.sql"), ("tuned", "postgres_tuned.sql")];

/// User and system time of the serving process so far, in ticks; the 14th and 15th field of its `stat`.
const CPU: &str = "SELECT 'cpu', split_part(stat, ' ', 12)::int + split_part(stat, ' ', 13)::int \
                   FROM (SELECT substr(s, position(') ' in s) + 2) AS stat \
                   FROM pg_read_file('/proc/self/stat') AS s) AS own;\n";
/// Length of a tick: what Linux tells programs, whatever its own clock does (`USER_HZ`).
const TICK: Duration = Duration::from_millis(10);

/// Runs PostgreSQL on the tables; installs it first where it is missing and the system lets us.
///
/// # Errors
/// Where there is no PostgreSQL and none can be installed, and where it fails.
pub(super) fn run(task: Task<'_>) -> Result<Vec<Measured>> {
    let server = Server::start(&task.folder.join("postgres"))?;
    let tables = task.tables.to_str().context("the folder's name is no UTF-8")?;
    server.script(&program("postgres_load.sql"), &[("tables", tables)]).context("loading")?;
    let answers = task.folder.join("answers-postgres");
    fs::create_dir_all(&answers)?;
    let mut output = format!(
        "version {}\n",
        server.ask("SELECT split_part(current_setting('server_version'), ' ', 1)")?.trim()
    );
    for (kind, roles) in kinds(&server)? {
        for (form, script) in FORMS {
            let (mut ticks, mut rows, mut done) = (0, String::new(), 0);
            let begun = Instant::now();
            for role in &roles {
                if begun.elapsed() > Duration::from_secs(task.seconds.into()) {
                    break;
                }
                let (took, answer) = rank(&server, script, role, task.top)?;
                ticks += took;
                rows += &answer;
                done += 1;
            }
            fs::write(answers.join(format!("{kind}-{form}.csv")), rows)?;
            let line = format!("measured {kind} {form} {done} {}\n", (TICK * ticks).as_micros());
            eprint!("{line}");
            output += &line;
        }
    }
    measured::read("PostgreSQL", &output, &answers)
}

/// One role in a session of its own: ticks that the serving process took, and the rows of the answer.
fn rank(server: &Server, script: &str, role: &str, top: usize) -> Result<(u32, String)> {
    let query = fs::read_to_string(program(script))?;
    ticks_of(server, &query, &[("role", role), ("top", &top.to_string())])
}

/// CPU time that the serving process took for a script in a session of its own, and the rows that it gave.
pub(crate) fn cpu_of(
    server: &Server,
    script: &str,
    variables: &[(&str, &str)],
) -> Result<(Duration, String)> {
    let (ticks, rows) = ticks_of(server, script, variables)?;
    Ok((TICK * ticks, rows))
}

fn ticks_of(server: &Server, script: &str, variables: &[(&str, &str)]) -> Result<(u32, String)> {
    let output = server.session(&format!("{CPU}{script}{CPU}"), variables)?;
    let (mut cpu, mut rows) = (Vec::new(), String::new());
    for line in output.lines() {
        match line.strip_prefix("cpu,") {
            Some(ticks) => cpu.push(ticks.parse::<u32>().context("the server's CPU time is no number")?),
            None => rows = rows + line + "\n",
        }
    }
    let [before, after] = cpu[..] else { bail!("the server's CPU time cannot be read") };
    Ok((after - before, rows))
}

/// The kinds of roles with their numbers, in order.
fn kinds(server: &Server) -> Result<Vec<(String, Vec<String>)>> {
    let text = server.ask(
        "SELECT kind, string_agg(role::text, ' ' ORDER BY role) FROM roles GROUP BY kind ORDER BY min(role)",
    )?;
    let kind = |line: &str| {
        let (kind, roles) = line.split_once(',').context("no kinds of roles")?;
        Ok((kind.to_owned(), roles.split(' ').map(str::to_owned).collect()))
    };
    text.lines().map(kind).collect()
}

/// A script of ours.
pub(crate) fn program(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(name)
}

/// A running server; it is stopped when this is dropped.
pub(crate) struct Server {
    programs: PathBuf,
    data: PathBuf,
    socket: PathBuf,
    /// Whom to run it as, where we are the system's administrator: PostgreSQL refuses to serve as that.
    user: Option<&'static str>,
}

/// A socket's name may have 107 bytes on Linux, of which PostgreSQL adds `/.s.PGSQL.5432`.
const SOCKET_FOLDER_BYTES_MAX: usize = 107 - 14;

impl Server {
    /// Makes a cluster in `folder`, replacing what is there, and starts it; it does not wait for the disk.
    pub(crate) fn start(folder: &Path) -> Result<Self> {
        Self::start_with(folder, "fsync=off")
    }

    /// As [`Server::start`], of a server whose answers survive a power cut.
    pub(crate) fn start_durable(folder: &Path) -> Result<Self> {
        Self::start_with(folder, "fsync=on")
    }

    fn start_with(folder: &Path, fsync: &str) -> Result<Self> {
        let programs = programs()?;
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        let user = if is_administrator(folder)? { Some(unprivileged()?) } else { None };
        let server = Self { programs, data: folder.join("data"), socket: folder.to_owned(), user };
        if server.data.join("postmaster.pid").exists() {
            // An earlier run was killed, and left its server to itself.
            let _ = server.stop();
        }
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
        fs::create_dir(folder)?;
        if let Some(user) = user {
            succeed(Command::new("chown").arg(user).arg(folder))?;
        }
        if folder.as_os_str().len() > SOCKET_FOLDER_BYTES_MAX {
            bail!(
                "`{}` is too long for a socket\nhint: set CARGO_TARGET_DIR to a shorter path",
                folder.display()
            );
        }
        let cluster = ["--auth=trust", "--username=peers", "--encoding=UTF8", "--locale=C", "--no-sync"];
        succeed(server.command("initdb").args(cluster).arg("-D").arg(&server.data))?;
        // One process a query, and memory enough that nothing is spilled.
        let settings = [
            "listen_addresses=",
            "shared_buffers=2GB",
            "work_mem=1GB",
            "maintenance_work_mem=1GB",
            "temp_buffers=512MB",
            "max_parallel_workers_per_gather=0",
            "max_parallel_maintenance_workers=0",
            "autovacuum=off",
            // Compiling a query for each role took longer than it saved.
            "jit=off",
            fsync,
            "max_wal_size=16GB",
            "random_page_cost=1.1",
            "effective_cache_size=8GB",
        ];
        let mut options = format!("-k '{}'", server.socket.display());
        for setting in settings {
            options += &format!(" -c {setting}");
        }
        let log = server.socket.join("log");
        succeed(
            server
                .command("pg_ctl")
                .arg("-D")
                .arg(&server.data)
                .arg("-l")
                .arg(log)
                .args(["-w", "-o", &options, "start"]),
        )?;
        Ok(server)
    }

    fn stop(&self) -> Result<()> {
        succeed(self.command("pg_ctl").arg("-D").arg(&self.data).args(["-m", "immediate", "stop"]))
    }

    /// A program of the server, run by whom it has to be.
    fn command(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = match self.user {
            None => Command::new(program),
            Some(user) => {
                let mut command = Command::new("runuser");
                command.args(["-u", user, "--"]).arg(program);
                command
            }
        };
        // Whoever serves need not be able to enter the folder that we were started in.
        command.current_dir("/");
        command
    }

    /// The client: rows as CSV without headers, stopping at the first mistake.
    fn client(&self, variables: &[(&str, &str)]) -> Command {
        let mut command = Command::new(self.programs.join("psql"));
        command
            .arg("-h")
            .arg(&self.socket)
            .args(["-U", "peers", "-d", "postgres", "-X", "-q", "-t", "--csv"]);
        command.args(["-v", "ON_ERROR_STOP=1"]);
        for (name, value) in variables {
            command.arg("-v").arg(format!("{name}={value}"));
        }
        command
    }

    fn script(&self, path: &Path, variables: &[(&str, &str)]) -> Result<()> {
        succeed(self.client(variables).arg("-f").arg(path))
    }

    /// The rows of a query, as CSV.
    pub(crate) fn ask(&self, query: &str) -> Result<String> {
        let output = self.client(&[]).args(["-c", query]).stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            bail!("psql ended with {}", output.status);
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Runs a script that is given as text.
    pub(crate) fn session(&self, text: &str, variables: &[(&str, &str)]) -> Result<String> {
        let file = session_file(&self.socket);
        fs::write(&file, text)?;
        let output = self.client(variables).arg("-f").arg(&file).stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            bail!("psql ended with {}", output.status);
        }
        Ok(String::from_utf8(output.stdout)?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let stopped =
            succeed(self.command("pg_ctl").arg("-D").arg(&self.data).args(["-m", "immediate", "stop"]));
        if let Err(e) = stopped {
            eprintln!("PostgreSQL was not running any more: {e:#}");
        }
    }
}

/// Where the server's programs are; tries to install them where they are not.
fn programs() -> Result<PathBuf> {
    if let Some(found) = find_programs() {
        return Ok(found);
    }
    let install = ["install", "-y", "--no-install-recommends", "postgresql"];
    eprintln!("PostgreSQL is not here; trying apt-get {}", install.join(" "));
    let installed = Command::new("apt-get").args(install).stdout(Stdio::null()).status();
    match find_programs() {
        Some(found) if installed.is_ok_and(|status| status.success()) => Ok(found),
        _ => bail!(
            "there is no PostgreSQL, and it cannot be installed here\nhint: install it by the system's packages"
        ),
    }
}

fn find_programs() -> Option<PathBuf> {
    // Debian keeps versions side by side, off the path.
    let versions = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"));
    let on_path = std::env::var_os("PATH")
        .into_iter()
        .flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    let mut found: Vec<PathBuf> = versions.filter(|folder| folder.join("initdb").exists()).collect();
    found.sort();
    found.pop().or_else(|| on_path.into_iter().find(|folder| folder.join("initdb").exists()))
}

/// Whether what we make belongs to the system's administrator.
fn is_administrator(folder: &Path) -> Result<bool> {
    let probe = session_file(folder);
    fs::write(&probe, "")?;
    Ok(fs::metadata(&probe)?.uid() == 0)
}

/// The text of a session, beside the server's folder: that one belongs to whom the server is run as.
fn session_file(folder: &Path) -> PathBuf {
    folder.with_file_name("postgres-session.sql")
}

/// A user of the system that has no rights of its own.
fn unprivileged() -> Result<&'static str> {
    let known = fs::read_to_string("/etc/passwd")?;
    let is_known = |user: &&str| known.lines().any(|line| line.split(':').next() == Some(user));
    let users = ["postgres", "nobody"];
    users
        .into_iter()
        .find(is_known)
        .context("PostgreSQL does not serve the administrator, and there is no user `nobody`")
}

fn succeed(command: &mut Command) -> Result<()> {
    let output = command.output().with_context(|| format!("{command:?}"))?;
    if !output.status.success() {
        bail!("{command:?} ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}
