"""What the plan of 2025 says."""

from . import DOWN, KEEP, ONLY_FOLLOWED_UP, UP, Facts, Goal

SOCIAL = "Socialt hållbara Södertälje"
ECOLOGICAL = "Ekologiskt hållbara Södertälje"
ECONOMIC = "Ekonomiskt hållbara Södertälje"

MADE_FOR = "1.3"
THREE_OF_FOUR = "green when at least 3 of 4 green"
ENGAGEMENT = "Kontorets medarbetarengagemang (HME) – totalindex"
OUTREACH = "Antal uppsökande aktiviteter riktat till invånare (totalt per år)"
IPS = (
    "Andel personer med beroende eller psykisk ohälsa som börjat arbeta eller studera med stöd "
    "enligt IPS – Individanpassat stöd till arbete (%)"
)
SUPPORTED = "Andel försörjningstagare som gått vidare till arbete eller studier (%)"
OPEN_HELP = "Antal invånare som får insatser utan behovsbedömning (totalt per år)"
VIOLENT = "Antal invånare (vuxna) som får insats mot våldsutövande (totalt per år)"
EXPOSED = "Antal invånare (barn/vuxna) som får insats mot våldsutsatthet (totalt per år)"
CRIME = "Antal klienter som får brottsförebyggande insatser (pågående per mån)"
REACHED_BY_ALL = "alla resultatområden når sina interna mål (jan–okt 2024)"
FUEL = "Verksamheten tankar rätt – användning av fossilfritt drivmedel (%)"
ENVIRONMENT = "Andel enheter inom verksamheten som genomfört miljörond (%)"
UNKNOWN_YET = "från 2024 års bokslut, ännu inte känt"
TEN_MONTHS = "genomsnitt jan–okt 2024"
LONG_YEAR = "2023-09-01–2024-08-31"

OWN, INSIGHT, PERSONNEL = "Egenkontroll", "Insikt", "Personalbokslut"

GOALS = (
    Goal(
        "KF1",
        SOCIAL,
        MADE_FOR,
        "Södertälje kommuns invånare lever tryggt och har goda livsvillkor",
        "green when all of goals 1.1, 1.2 met",
    ),
    Goal(
        "1.1",
        SOCIAL,
        "1.3.1",
        "Invånare har god tillgång till förebyggande insatser",
        THREE_OF_FOUR,
        (
            (OPEN_HELP, "*", "≥ 4135", UP, UP, OWN),
            (OUTREACH, "*", "≥ 665", UP, UP, OWN),
            (SUPPORTED, f"23 ({TEN_MONTHS})", "≥ 20", UP, UP, OWN),
            (IPS, "*", "≥ 30", UP, UP, OWN),
        ),
    ),
    Goal(
        "1.2",
        SOCIAL,
        "1.3.1",
        "Invånare lever ett liv i trygghet fritt från våld",
        THREE_OF_FOUR,
        (
            ("Socialkontoret frågar om våld", REACHED_BY_ALL, "delar", "delar", "delar", OWN),
            (VIOLENT, "19 (jan–okt 2024)", "≥ 20", UP, UP, OWN),
            (EXPOSED, "375 (jan–okt 2024)", "≥ 440", UP, UP, OWN),
            (CRIME, "58", "≥ 72", UP, UP, OWN),
        ),
    ),
    Goal(
        "KF2",
        SOCIAL,
        MADE_FOR,
        "Södertälje kommuns invånare har inflytande och är delaktiga i stärkandet av demokratin",
        "same as goal 2",
    ),
    Goal(
        "2",
        SOCIAL,
        "1.3.1",
        "Klienter har inflytande och är delaktiga i insatser som de berörs av",
        THREE_OF_FOUR,
        (
            (
                "Andel genomförandeplaner inom socialkontoret (%)",
                f"60,5 ({TEN_MONTHS})",
                "≥ 70",
                UP,
                UP,
                OWN,
            ),
            (
                "Antal SIP, samordnad individuell plan (per mån)",
                f"57 ({TEN_MONTHS})",
                "≥ 58",
                UP,
                UP,
                OWN,
            ),
            ("Andel fysiska besök med klient (%)", "*", "≥ 75", UP, UP, OWN),
            ("Barn/ungas delaktighet i processen (%)", "*", "≥ 80", UP, UP, OWN),
        ),
    ),
    Goal(
        "KF3",
        SOCIAL,
        MADE_FOR,
        "Södertälje kommun är en attraktiv plats att verka i",
        "same as goal 3",
    ),
    Goal(
        "3",
        SOCIAL,
        "1.3.1",
        "Tillståndsenheten har en rättssäker handläggning av tillstånd av alkohol och tobak",
        "green when at least 2 of 3 green, the third at least yellow",
        (
            (
                "Genomförandegrad yttre tillsyn – alkohol och tobak (%)",
                "100",
                "≥ 100",
                KEEP,
                KEEP,
                OWN,
            ),
            ("Genomförandegrad inre tillsyn (%)", "100", "≥ 100", KEEP, KEEP, OWN),
            ("NKI Serveringstillstånd (%)", "85", "80–100", KEEP, KEEP, INSIGHT),
        ),
    ),
    Goal(
        "KF4",
        ECOLOGICAL,
        MADE_FOR,
        "Södertälje kommuns invånare lever i en ekologiskt hållbar kommun",
        "same as goal 4",
    ),
    Goal(
        "4",
        ECOLOGICAL,
        "1.3.2",
        "Nämndens verksamheter gör miljömedvetna val",
        "green when at least 1 of 2 green, the other at least yellow",
        (
            (FUEL, "41 (genomsnitt jan–aug 2024)", "≥ 60", UP, UP, "SBK"),
            (ENVIRONMENT, "*", "≥ 80", UP, UP, OWN),
        ),
    ),
    Goal(
        "KF5",
        ECONOMIC,
        MADE_FOR,
        "Södertälje kommun har god ekonomisk hushållning och arbetar effektivt",
        "same as goal 5",
    ),
    Goal(
        "5",
        ECONOMIC,
        "1.3.3",
        "Rätt insats till rätt person i rätt tid till rätt kostnad",
        'green when at least 3 of 5 green including "Nämndens budgetföljsamhet (%)"',
        (
            ("Nämndens budgetföljsamhet (%)", UNKNOWN_YET, "± 0,5", "± 0,5", "± 0,5", "ERP"),
            ("Avtalstrohet (%)", "77 (okt 2024)", "≥ 80", UP, KEEP, "Telge inköp"),
            ("Socialkontoret erbjuder effektiva insatser", "*", "delar", "delar", "delar", OWN),
            (
                "Andel e-ansökningar ekonomiskt bistånd (%)",
                f"21,8 ({TEN_MONTHS})",
                "≥ 30",
                UP,
                UP,
                OWN,
            ),
            ("Omvandlingsgrad – sociala kontrakt (%)", f"42 ({TEN_MONTHS})", "≥ 60", UP, UP, OWN),
        ),
    ),
    Goal(
        "KF6",
        ECONOMIC,
        "1.3.3",
        "Södertälje kommun kan rekrytera, behålla och utveckla medarbetare med rätt kompetens",
        ONLY_FOLLOWED_UP,
        (
            (ENGAGEMENT, "81", "≥ 82", KEEP, KEEP, "HR"),
            (
                "Personalomsättning (%) (Kontoret)",
                f"12,5 ({LONG_YEAR})",
                "≤ 13",
                DOWN,
                DOWN,
                PERSONNEL,
            ),
            ("Heltidsarbetande (%) (Kontoret)", "96,7 (aug 2024)", "≥ 97", KEEP, KEEP, PERSONNEL),
            (
                "Sjukfrånvaro – medarbetare (%) (Kontoret)",
                f"6,1 ({LONG_YEAR})",
                "≤ 6",
                KEEP,
                KEEP,
                PERSONNEL,
            ),
        ),
    ),
)

FACTS = Facts(
    year=2025,
    document="vp2025",
    assess_section="1.3",
    assess="""
        green when target reached or plan followed
        yellow when efforts begun
        otherwise red
        plan followed counts only when stated
        efforts begun are unknown until stated
    """,
    goals=GOALS,
    focus_section="1.4",
    focus=(
        ("Tidiga insatser för barn och unga", ("1.1",)),
        ("Rehabilitering", ("1.1",)),
        ("Första linjens stöd", ()),
        ("våld och förtryck i nära relationer", ("1.2",)),
    ),
    footnotes=(
        ("1.1", SUPPORTED, "rehabiliteringskategorin har vuxit"),
        ("3", "NKI Serveringstillstånd (%)", "80 och uppåt mycket högt"),
        ("3", "NKI Serveringstillstånd (%)", "70–80 högt"),
        ("3", "NKI Serveringstillstånd (%)", "62–69 godkänt"),
        ("3", "NKI Serveringstillstånd (%)", "50–61 lågt"),
        ("3", "NKI Serveringstillstånd (%)", "under 50 mycket lågt"),
        ("KF6", "Personalomsättning (%) (Kontoret)", "14,6 och riktvärdet 15"),
        ("KF6", "Heltidsarbetande (%) (Kontoret)", "97,8 och riktvärdet 97,7"),
    ),
    interpreted=(
        *((goal, "Här räcker det också") for goal in ("KF1", "1.1", "1.2", "2", "3", "4", "5")),
        *((goal, "ett uppfyllt mål är grönt") for goal in ("1.1", "1.2", "2", "3", "4", "5")),
        ("plan", "skiljer ett gult mål från ett rött"),
        ("plan", "varje mål som helhet"),
        ("plan", "inte upp några aktiviteter"),
        ("plan", "nämndens bidrag"),
        ("assess", "gul gräns i siffror"),
        ("assess", "gult före rött"),
        ("assess", "Öka, minska och bibehålla jämförs med förra årets utfall"),
        ("assess", "är riktvärdet 75 % är 75 och däröver grönt"),
        ("1.2/Socialkontoret frågar om våld", "inte publicerade"),
        ("5/Socialkontoret erbjuder effektiva insatser", "inte publicerade"),
        ("5/Nämndens budgetföljsamhet (%)", "vad procenten räknas på"),
        ("5/Nämndens budgetföljsamhet (%)", "utfallet eller årets prognos"),
        ("KF6/Personalomsättning (%) (Kontoret)", "Lägre är bättre"),
        ("KF6/Sjukfrånvaro – medarbetare (%) (Kontoret)", "Lägre är bättre"),
    ),
)
