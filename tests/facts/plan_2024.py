"""What the plan of 2024 says, and the outcomes of that year that the plan of 2025 prints."""

from . import DOWN, KEEP, ONLY_FOLLOWED_UP, UP, Facts, Goal

SOCIAL = "Socialt hållbara Södertälje"
ECOLOGICAL = "Ekologiskt hållbara Södertälje"
ECONOMIC = "Ekonomiskt hållbara Södertälje"

MADE_FOR = "1.4"
SIXTY = "green when at least 60 % green, rest at least yellow"
VISITORS = "Antal besökare på familjecentralernas öppna förskola"
HEARD = "Barn som kommer till tals i utredningar (%)"
INTRODUCED = "Andel deltagare inom EF3/4 och EFA som gått vidare till arbete eller studier (%)"
LUMENA = "Andel deltagare inom Lumena 30+ som har gått vidare till arbete eller studier (%)"
VIOLENT = "Antal enskilda som får insatsbeslut mot våldsutövande"
EXPOSED = "Antal enskilda som får insatsbeslut mot våldsutsatthet"
CRIME = "Antal barn och unga som tar del av brottsförebyggande insats"
REPORTS = "Andel anmälningar till Vuxna i kriminalitet som leder till utredning (%)"
INSPECTED = "Genomförandegrad tillsyn – alkohol och tobak (%)"
LITRES = "Drivmedelsförbrukning inom Socialkontoret (liter per bil)"
BUDGET = "Nämndens budgetavvikelse i förhållande till budget (%)"
NOT_BACK = (
    "Ej återaktualiserade vuxna med försörjningsstöd ett år efter avslutat försörjningsstöd (%)"
)
ENDED = "Avslut vuxen – andel som avslutas enligt uppnådda mål (%)"
ENGAGEMENT = "Kontorets medarbetarengagemang (HME) – totalindex"
STAFF = "Personalomsättning (%) (Kontoret)"
FULL_TIME = "Heltidsarbetande (%) (Kontoret)"
SICK = "Sjukfrånvaro (%) (Kontoret)"
TEN_MONTHS = "genomsnitt jan–okt 2024"
UNKNOWN_YET = "från 2023 års bokslut, ännu inte känt"

OWN, PERSONNEL = "Egenkontroll", "Personalbokslut"

GOALS = (
    Goal(
        "KF1",
        SOCIAL,
        MADE_FOR,
        "Södertälje kommuns barn och unga har goda uppväxtvillkor",
        "same as goal 1",
    ),
    Goal(
        "1",
        SOCIAL,
        "1.4.1",
        "Barn och unga har god tillgång till förebyggande och tidigt stöd",
        "green when at least 75 % green, rest at least yellow",
        (
            ("Antal riktade barn- och ungdomsgrupper", "*", "≥ 100", UP, UP, OWN),
            (
                "Antal uppsökande grupper/aktiviteter riktat till barn och ungdomar",
                "*",
                "≥ 336",
                UP,
                UP,
                OWN,
            ),
            (VISITORS, "537 (genomsnitt 2023)", "≥ 500", UP, UP, OWN),
            ("Unga vuxna ut i arbete eller studier (%)", "*", "≥ 75", KEEP, KEEP, OWN),
        ),
    ),
    Goal(
        "KF2",
        SOCIAL,
        MADE_FOR,
        "Södertälje kommuns invånare har inflytande och är delaktiga",
        "same as goal 2",
    ),
    Goal(
        "2",
        SOCIAL,
        "1.4.1",
        "Klienter har inflytande och är delaktiga i stöd och insatser som de berörs av",
        SIXTY,
        (
            ("Andel genomförandeplaner inom socialkontoret (%)", "*", "≥ 70", UP, UP, OWN),
            ("Antal SIP, samordnad individuell plan", "42 (genomsnitt 2023)", "≥ 55", UP, UP, OWN),
            (HEARD, "95 (genomsnitt 2023)", "≥ 86", UP, UP, OWN),
            ("Andel fysiska besök med klient (%)", "68 (genomsnitt 2023)", "≥ 70", UP, UP, OWN),
        ),
    ),
    Goal(
        "KF3",
        SOCIAL,
        MADE_FOR,
        "Södertälje kommuns invånare har goda livsvillkor",
        "same as goal 3",
    ),
    Goal(
        "3",
        SOCIAL,
        "1.4.1",
        "Invånare har god tillgång till förebyggande och tillgängligt stöd som stöttar till ett "
        "självständigt liv",
        SIXTY,
        (
            ("Antal föräldraträffar", "*", "≥ 200", UP, UP, OWN),
            ("Stödsamtal till vårdnadshavare i samverkansteam", "*", "≥ 550", UP, UP, OWN),
            (INTRODUCED, "*", "≥ 26", UP, UP, OWN),
            (LUMENA, "*", "≥ 50", KEEP, KEEP, OWN),
        ),
    ),
    Goal(
        "KF4",
        SOCIAL,
        MADE_FOR,
        "Södertälje kommuns invånare lever tryggt och säkert",
        "same as goal 4",
    ),
    Goal(
        "4",
        SOCIAL,
        "1.4.1",
        "Invånare lever ett liv i trygghet fritt från våld och förtryck",
        SIXTY,
        (
            ("Socialkontoret frågar om våld", "*", "delar", UP, UP, OWN),
            (VIOLENT, "9", "≥ 10", UP, UP, OWN),
            (EXPOSED, "232", "≥ 200", UP, UP, OWN),
            (CRIME, "*", "≥ 50", UP, UP, OWN),
            (REPORTS, "16", "≥ 18", UP, UP, OWN),
        ),
    ),
    Goal(
        "KF5",
        SOCIAL,
        MADE_FOR,
        "Södertälje kommun är en attraktiv plats för att etablera och driva företag i",
        "same as goal 5",
    ),
    Goal(
        "5",
        SOCIAL,
        "1.4.1",
        "Tillståndsenheten har en rättssäker handläggning av tillstånd av alkohol och tobak",
        f"""
            monthly green when "{INSPECTED}" green
            annual green when "{INSPECTED}" green, rest at least yellow
        """,
        (
            (INSPECTED, "100", "≥ 100", KEEP, KEEP, OWN),
            ("NKI Serveringstillstånd (%)", "82 (2022)", "≥ 85", UP, UP, "Insikt"),
        ),
    ),
    Goal(
        "KF6",
        ECOLOGICAL,
        MADE_FOR,
        "Södertälje kommun är klimatneutral senast 2030",
        "same as goal 6",
    ),
    Goal(
        "6",
        ECOLOGICAL,
        "1.4.2",
        "Nämndens verksamheter minskar sina utsläpp av växthusgaser",
        "green when at least 50 % green, rest at least yellow",
        (
            ("Fossilfritt drivmedel – tankarätt (%)", "33", "≥ 45", UP, UP, "SBK"),
            (LITRES, "731", "≤ 700", DOWN, DOWN, "SBK"),
        ),
    ),
    Goal(
        "KF7",
        ECOLOGICAL,
        MADE_FOR,
        "Södertälje kommuns invånare lever i ett attraktivt och ekologiskt hållbart samhälle",
        "same as goal 7",
    ),
    Goal(
        "7",
        ECOLOGICAL,
        "1.4.2",
        "Nämndens verksamheter gör miljömedvetna val",
        """
            group aktiviteter as reported
            annual green when "Antal pappersutskrifter" green or majority of aktiviteter green
        """,
        (("Antal pappersutskrifter", "1180000", "minska 5 %", DOWN, DOWN, "IT kunskapsbas"),),
    ),
    Goal(
        "KF8",
        ECONOMIC,
        MADE_FOR,
        "Södertälje kommun har god ekonomisk hushållning",
        "same as goal 8",
    ),
    Goal(
        "8",
        ECONOMIC,
        "1.4.3",
        "Nämndens verksamheter bedrivs med god ekonomisk hushållning",
        SIXTY,
        (
            (BUDGET, UNKNOWN_YET, "± 0,5", "± 0,5", "± 0,5", "ERP"),
            ("Avtalstrohet (%)", UNKNOWN_YET, "≥ 85", UP, KEEP, "Telge inköp"),
            ("Rättssäkerhet i handläggning (%)", "78 (genomsnitt 2023)", "≥ 85", UP, KEEP, OWN),
        ),
    ),
    Goal("KF9", ECONOMIC, MADE_FOR, "Södertälje kommun arbetar effektivt", "same as goal 9"),
    Goal(
        "9",
        ECONOMIC,
        "1.4.3",
        "Rätt insats till rätt person i rätt tid",
        SIXTY,
        (
            ("Omvandlingsgrad – sociala kontrakt (%)", "*", "≥ 75", KEEP, KEEP, OWN),
            (ENDED, "*", "≥ 30", UP, UP, OWN),
            (NOT_BACK, "90", "≥ 90", KEEP, KEEP, OWN),
            ("Andel e-ansökningar (%)", "20 (genomsnitt 2023)", "≥ 25", UP, UP, OWN),
        ),
    ),
    Goal(
        "KF10",
        ECONOMIC,
        "1.4.3",
        "Södertälje kommun kan rekrytera, behålla och utveckla medarbetare med rätt kompetens",
        ONLY_FOLLOWED_UP,
        (
            (ENGAGEMENT, "83", "≥ 83", KEEP, KEEP, "HR"),
            (STAFF, "14,6", "≤ 15", DOWN, KEEP, PERSONNEL),
            (FULL_TIME, "97,8", "≥ 97,7", KEEP, KEEP, PERSONNEL),
            (SICK, "5,5", "≤ 6", KEEP, KEEP, PERSONNEL),
        ),
    ),
)

FACTS = Facts(
    year=2024,
    document="vp2024",
    assess_section="1.4",
    assess="""
        green when target reached
        yellow when efforts begun
        otherwise red
        efforts begun are unknown until stated
    """,
    goals=GOALS,
    focus_section="1.5",
    focus=(
        ("Förebyggande arbete kring barn och unga", ("1", "3", "4")),
        ("jämlika uppväxtvillkor", ("1", "3", "4")),
        ("arbetslivet", ("3",)),
        ("familjecentraler", ("1",)),
        ("våld i nära relationer", ("4",)),
        ("välfärdsbrott (PAX)", ("8",)),
    ),
    footnotes=(
        ("1", VISITORS, "2023 var 400"),
        ("2", HEARD, "2023 var 80"),
        ("4", EXPOSED, "2023 var 170"),
        ("KF10", STAFF, "2023 var 15,4"),
        ("KF10", FULL_TIME, "2023 var 97,7"),
        ("KF10", SICK, "2023 var 6"),
    ),
    interpreted=(
        *((goal, "Här räcker det också") for goal in "123456789"),
        *((goal, "ett uppfyllt mål är grönt") for goal in "123456789"),
        *((goal, "läses som minst gula") for goal in "12345689"),
        ("plan", "skiljer ett gult mål från ett rött"),
        ("plan", "varje mål som helhet"),
        ("plan", "väger alla indikatorer lika"),
        ("plan", "nämndens bidrag"),
        ("assess", "grön bara genom sitt värde"),
        ("assess", "gul gräns i siffror"),
        ("assess", "gult före rött"),
        ("assess", "Öka, minska och bibehålla jämförs med förra årets utfall"),
        ("assess", "är riktvärdet 75 % är 75 och däröver grönt"),
        ("4/Socialkontoret frågar om våld", "inte publicerade"),
        ("5", "inget villkor i ord"),
        ("5/NKI Serveringstillstånd (%)", "85 för NKI 2023"),
        (f"6/{LITRES}", "Lägre är bättre"),
        ("7", "något villkor för en månad"),
        ("7", "inte upp några aktiviteter"),
        ("7/Antal pappersutskrifter", "cirka 1 180 000"),
        (f"8/{BUDGET}", "utfallet eller årets prognos"),
        (f"KF10/{STAFF}", "Lägre är bättre"),
        (f"KF10/{SICK}", "Lägre är bättre"),
    ),
)

OUTCOMES = (
    ("2", "Andel genomförandeplaner inom socialkontoret (%)", "60,5", TEN_MONTHS, "säker"),
    ("2", "Antal SIP, samordnad individuell plan", "57", TEN_MONTHS, "trolig"),
    ("4", "Socialkontoret frågar om våld", "uppnått", "jan–okt 2024", "säker"),
    ("4", VIOLENT, "19", "jan–okt 2024", "osäker"),
    ("4", EXPOSED, "375", "jan–okt 2024", "osäker"),
    ("4", CRIME, "58", "", "osäker"),
    ("5", INSPECTED, "100", "", "säker"),
    ("5", "NKI Serveringstillstånd (%)", "85", "", "säker"),
    ("6", "Fossilfritt drivmedel – tankarätt (%)", "41", "genomsnitt jan–aug 2024", "trolig"),
    ("8", "Avtalstrohet (%)", "77", "okt 2024", "säker"),
    ("9", "Andel e-ansökningar (%)", "21,8", TEN_MONTHS, "trolig"),
    ("9", "Omvandlingsgrad – sociala kontrakt (%)", "42", TEN_MONTHS, "säker"),
    ("KF10", ENGAGEMENT, "81", "", "säker"),
    ("KF10", STAFF, "12,5", "2023-09-01–2024-08-31", "säker"),
    ("KF10", FULL_TIME, "96,7", "aug 2024", "säker"),
    ("KF10", SICK, "6,1", "2023-09-01–2024-08-31", "säker"),
)
"""The goal, the indicator, its outcome and period as printed, and how sure the match is."""
